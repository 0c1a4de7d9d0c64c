import { addMinutes, DAY, MINUTE } from "@/lib/kernel/clock";
import type { Chance } from "./chance";
import type { Colleague } from "./founding";
import type { DemoCredential } from "./keys";
import { SYSTEM, type Trail } from "./trail";

const DAYS = 14;

interface Setting {
  colleagues: Colleague[];
  credentials: DemoCredential[];
  trail: Trail;
  chance: Chance;
  now: Date;
}

type Happening = (setting: Setting, at: Date) => void;

/** How often each happens, against the others. */
const HAPPENINGS: [number, Happening][] = [
  [44, visit],
  [9, failedSignIn],
  [34, refusedCall],
  [4, refusedPerson],
  [5, limitRaisedForADay],
  [2, keySwitchedOffForAnHour],
];

/** Fills the last fourteen days with what happens every day, until the trail has so many events. */
export function liveThroughDays(setting: Setting, events: number): void {
  const { chance, trail } = setting;
  const drawn = HAPPENINGS.flatMap(([weight, happen]) => Array<Happening>(weight).fill(happen));
  while (trail.length < events) {
    const happen = chance.pick(drawn);
    happen(setting, officeTime(setting, happen === refusedCall));
  }
}

/** Mostly a weekday between eight and six; machines call at any hour. */
function officeTime({ chance, now }: Setting, isAnyHour: boolean): Date {
  for (;;) {
    const at = new Date(now.getTime() - chance.between(10 * MINUTE, DAYS * DAY));
    const isOffice = at.getDay() % 6 !== 0 && at.getHours() >= 8 && at.getHours() < 18;
    if (isOffice || chance.next() < (isAnyHour ? 0.5 : 0.06)) return at;
  }
}

const active = (colleagues: Colleague[]) => colleagues.filter(({ person }) => person.status === undefined);

function visit({ colleagues, trail, chance, now }: Setting, at: Date): void {
  const { actor } = chance.pick(active(colleagues));
  const target = { id: chance.id("session", at), name: actor.name };
  const add = (minutes: number, action: "session.started" | "session.proved" | "session.ended") => {
    const time = new Date(at.getTime() + minutes * MINUTE);
    const after = action === "session.ended" ? { after: { reason: "signed out" } } : {};
    if (time < now) trail.add(time, actor, { action, target, ...after });
  };
  add(0, "session.started");
  if (chance.next() < 0.2) add(chance.between(16, 40), "session.proved");
  if (chance.next() < 0.7) add(chance.between(41, 300), "session.ended");
}

function failedSignIn({ colleagues, trail, chance }: Setting, at: Date): void {
  const { actor } = chance.pick(colleagues);
  const by = { ...SYSTEM, ip: actor.ip, userAgent: actor.userAgent };
  const tries = Math.ceil(chance.between(0, 3));
  for (let minute = 0; minute < tries; minute++) {
    const target = { id: actor.id, name: actor.name };
    const reason = "wrong e-mail or password";
    trail.add(addMinutes(at, minute), by, { action: "login.failed", target, outcome: "failed", reason });
  }
}

/** A restricted key asks for what its app may not read. */
function refusedCall({ credentials, trail, chance }: Setting, at: Date): void {
  const restricted = ["Tablets", "Newsletter provider", "Nightly job"];
  const { actor } = chance.pick(credentials.filter(({ key }) => restricted.includes(key.name)));
  const resource = chance.pick(["apps", "instances", "audit", "keys", "instances"]);
  const permission = `${resource}:read`;
  trail.add(at, actor, {
    action: "access.refused",
    target: { id: null, name: resource },
    outcome: "denied",
    reason: `missing ${permission}`,
    after: { permission },
  });
}

/** Somebody tries what their roles do not include. */
function refusedPerson({ colleagues, credentials, trail, chance }: Setting, at: Date): void {
  const { actor } = chance.pick(active(colleagues).filter(({ person }) => person.role === "Developer"));
  const { target, appId } = chance.pick(credentials);
  const denied = (permission: string) =>
    ({ outcome: "denied", reason: `Your roles do not include ${permission}.` }) as const;
  const tries = [
    () => trail.add(at, actor, { action: "key.revoked", target, appId, ...denied("keys:delete") }),
    () => trail.add(at, actor, { action: "key.rotated", target, appId, ...denied("keys:update") }),
    () =>
      trail.add(at, actor, { action: "key.generated", target: { id: null, name: "Debug" }, ...denied("keys:create") }),
    () =>
      trail.add(at, actor, {
        action: "app.registered",
        target: { id: null, name: "Playground" },
        ...denied("apps:create"),
      }),
  ];
  chance.pick(tries)();
}

function limitRaisedForADay({ colleagues, credentials, trail, chance, now }: Setting, at: Date): void {
  const { target, appId, key } = chance.pick(credentials.filter((each) => each.key.rateLimit));
  const { rateLimit } = key;
  const raised = rateLimit && { ...rateLimit, requests: rateLimit.requests * 2 };
  const back = new Date(at.getTime() + chance.between(0.6, 1.4) * DAY);
  if (back > now) return;
  const place = { action: "key.updated", target, appId } as const;
  const admin = anAdmin(colleagues, chance);
  trail.add(at, admin, { ...place, before: { rateLimit }, after: { rateLimit: raised } });
  trail.add(back, admin, { ...place, before: { rateLimit: raised }, after: { rateLimit } });
}

function keySwitchedOffForAnHour({ colleagues, credentials, trail, chance, now }: Setting, at: Date): void {
  const { target, appId } = chance.pick(credentials.filter(({ key }) => key.name === "Production"));
  const back = new Date(at.getTime() + chance.between(20, 90) * MINUTE);
  if (back > now) return;
  const admin = anAdmin(colleagues, chance);
  const [on, off] = [{ status: "active" }, { status: "disabled" }];
  trail.add(at, admin, { action: "key.disabled", target, appId, before: on, after: off });
  trail.add(back, admin, { action: "key.enabled", target, appId, before: off, after: on });
}

const anAdmin = (colleagues: Colleague[], chance: Chance) =>
  chance.pick(active(colleagues).filter(({ person }) => person.role === "Admin")).actor;
