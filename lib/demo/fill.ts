import { DAY, databaseNow } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { registerApps } from "./apps";
import { Chance } from "./chance";
import { liveThroughDays } from "./days";
import { type Colleague, found, PASSWORD } from "./founding";
import { inviteColleagues } from "./invites";
import { logPeopleIn } from "./logins";
import { emailOf, ORGANIZATION } from "./people";
import { shapeRoles } from "./roles";
import { actToday } from "./today";
import { issueTokens } from "./tokens";
import { Trail } from "./trail";
import { countCalls } from "./usage";

const ROWS_PER_INSERT = 500;

export interface SignIn {
  role: string;
  name: string;
  email: string;
  password: string;
}

/** Fills an empty store with the demo organization and about so many events; answers one sign-in per role worth looking at. */
export async function fillDemo({ events }: { events: number }): Promise<SignIn[]> {
  const now = await databaseNow(db());
  const chance = new Chance(20_261_121);
  const organizationId = chance.id("organization", new Date(now.getTime() - ORGANIZATION.foundedDaysAgo * DAY));
  const trail = new Trail(organizationId, chance);
  const colleagues = await found(organizationId, now, chance, trail);
  const by = (name: string) => colleagueNamed(colleagues, name).actor;
  const past = { organizationId, now, chance, trail, by };
  const credentials = await registerApps(past);
  await issueTokens(past);
  await inviteColleagues(past);
  await shapeRoles(past);
  await logPeopleIn(past);
  await countCalls(past);
  liveThroughDays({ colleagues, credentials, trail, chance, now }, events);

  const rows = trail.rows();
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await db().auditEvent.createMany({ data: rows.slice(start, start + ROWS_PER_INSERT) });
  }
  await actToday(organizationId, colleagueNamed(colleagues, "Dana Okafor"), credentials);
  return ["Owner", "Admin", "Auditor"].map((role) => signInOf(colleagues, role));
}

function colleagueNamed(colleagues: Colleague[], name: string): Colleague {
  const found = colleagues.find(({ actor }) => actor.name === name);
  if (!found) throw new Error(`Nobody is called ${name} in the demo.`);
  return found;
}

function signInOf(colleagues: Colleague[], role: string): SignIn {
  const found = colleagues.find(({ person }) => person.role === role);
  if (!found) throw new Error(`Nobody is ${role} in the demo.`);
  return { role, name: found.actor.name, email: emailOf(found.person), password: PASSWORD };
}
