import "server-only";
import { authenticate } from "@/lib/auth/authenticate";
import { requireSession } from "@/lib/auth/sessions";
import type { Ctx, UserPrincipal } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { newId } from "@/lib/kernel/new-id";
import { randomText } from "@/lib/kernel/random";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { createBaseRoles } from "@/lib/roles/base-roles";

export const ORIGIN = { requestId: "req_test", ip: "192.0.2.7", userAgent: "test" };

export type TestOrganization = Awaited<ReturnType<typeof foundOrganization>>;

/** An organization of the test's own, with one instance and an owner, so that tests run side by side. */
export async function foundOrganization() {
  const id = newId("organization");
  const instanceId = newId("instance");
  const accountName = randomText("abcdefghijklmnop", 16);
  const ownerId = newId("user");
  await db().organization.create({ data: { id, accountName, name: "Acme" } });
  await db().user.create({ data: user(ownerId, id, "Olivia", "Owner") });
  await db().instance.create({ data: { id: instanceId, organizationId: id, name: "Main" } });
  await createBaseRoles(db(), { organizationId: id, instanceId: null }, ownerId);
  await createBaseRoles(db(), { organizationId: id, instanceId }, ownerId);
  return {
    id,
    instanceId,
    owner: await signedIn(id, ownerId),

    /** A new person with one role, on every instance or on one, signed in. */
    async as(roleName: string, on: string | null = null): Promise<Ctx> {
      const userId = newId("user");
      const systemRoleId = SYSTEM_ROLES.find(({ name }) => name === roleName)?.id ?? "none";
      const role = await db().role.findFirstOrThrow({
        where: { organizationId: id, instanceId: on, systemRoleId },
      });
      await db().user.create({
        data: { ...user(userId, id, roleName, "Person"), assignments: { create: { roleId: role.id } } },
      });
      return signedIn(id, userId);
    },

    /** Everything the trail says, oldest first. */
    events: () => db().auditEvent.findMany({ where: { organizationId: id }, orderBy: { position: "asc" } }),
  };
}

const user = (id: string, organizationId: string, firstName: string, lastName: string) => ({
  id,
  organizationId,
  email: `${id}@example.com`,
  firstName,
  lastName,
});

async function signedIn(organizationId: string, userId: string): Promise<Ctx> {
  const sessionId = newId("session");
  const expiresAt = new Date(Date.now() + 12 * 3_600_000);
  await db().session.create({
    data: { id: sessionId, organizationId, userId, ip: ORIGIN.ip, userAgent: ORIGIN.userAgent, expiresAt },
  });
  return ctxOfSession(sessionId);
}

/** The caller as a session's row says at this moment. */
export async function ctxOfSession(sessionId: string): Promise<Ctx> {
  return { ...ORIGIN, ...(await requireSession(db(), sessionId)), recheck: (tx) => requireSession(tx, sessionId) };
}

/** The id of the session of a caller who is signed in. */
export const sessionOf = (ctx: Ctx) => (ctx.principal as UserPrincipal).sessionId;

/** The caller as if the password had been given twenty minutes ago. */
export async function unproved(ctx: Ctx): Promise<Ctx> {
  await db().$executeRaw`update session set proved_at = now() - interval '20 minutes' where id = ${sessionOf(ctx)}`;
  return ctxOfSession(sessionOf(ctx));
}

const presenting =
  (scheme: string) =>
  (value: string, ip = ORIGIN.ip): Promise<Ctx> =>
    authenticate(new Headers({ authorization: `${scheme} ${value}` }), new URL("http://localhost/v1/token"), {
      ...ORIGIN,
      ip,
    });

/** The caller that presents this API key. */
export const ctxOfKey = presenting("apikey");

/** The caller that presents this access token. */
export const ctxOfToken = presenting("bearer");

/** The code of the error that the work ends with; "none" when it ends well. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "none",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
}

/** An event as text, to look for what must not be in it. */
export const textOf = (event: unknown) =>
  JSON.stringify(event, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
