import { DAY } from "@/lib/kernel/clock";
import { db } from "@/lib/kernel/db";
import { mintSecret } from "@/lib/kernel/secrets";
import type { DemoApp } from "./app";
import { GUEST_APPS } from "./guest-apps";
import { type DemoCredential, insertKey, type Past } from "./keys";
import { STAFF_APPS } from "./staff-apps";

/** Inserts the apps and keys of the catalog, each with the events that made it what it is. */
export async function registerApps(past: Past): Promise<DemoCredential[]> {
  const credentials: DemoCredential[] = [];
  for (const app of [...STAFF_APPS, ...GUEST_APPS]) {
    const appId = await insertApp(past, app);
    for (const key of app.keys) credentials.push(await insertKey(past, app, appId, key));
  }
  return credentials;
}

async function insertApp({ organizationId, now, chance, trail, by }: Past, app: DemoApp): Promise<string> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const createdAt = ago(app.createdDaysAgo);
  const { name, description, loginUserType = "employee", keyPermissions = [] } = app;
  const uri = app.uri ?? null;
  const keyAccess = app.keyPermissions ? "restricted" : "full";
  const target = { id: chance.id("app", createdAt), name };
  const place = { target, appId: target.id };
  const actor = by(app.by);
  const [first, current] = [mintSecret("app_secret"), mintSecret("app_secret")];
  const rotatedAt = app.secretRotatedDaysAgo === undefined ? undefined : ago(app.secretRotatedDaysAgo);
  const disabledAt = app.disabledDaysAgo === undefined ? null : ago(app.disabledDaysAgo);
  const secret = rotatedAt ? current : first;
  await db().app.create({
    data: {
      ...target,
      organizationId,
      uri,
      description,
      loginUserType,
      keyAccess,
      keyPermissions,
      secretDigest: secret.digest,
      secretHint: secret.hint,
      secretCreatedAt: rotatedAt ?? createdAt,
      disabledAt,
      createdById: actor.id,
      createdByName: actor.name,
      createdAt,
    },
  });
  trail.add(createdAt, actor, {
    action: "app.registered",
    ...place,
    after: { name, uri, description, loginUserType, keyAccess, keyPermissions },
  });
  const owner = by("Dana Okafor");
  if (rotatedAt) {
    const [before, after] = [{ secretHint: first.hint }, { secretHint: current.hint }];
    trail.add(rotatedAt, owner, { action: "app.secret_rotated", ...place, before, after });
  }
  if (disabledAt) {
    const [before, after] = [{ status: "active" }, { status: "disabled" }];
    trail.add(disabledAt, owner, { action: "app.disabled", ...place, before, after });
  }
  return target.id;
}
