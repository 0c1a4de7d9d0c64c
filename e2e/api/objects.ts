import type { Seed } from "../fixtures/accounts";
import type { Caller, sender } from "./send";
import type { Target } from "./table";

let made = 0;
/** A name nobody has taken. */
export const fresh = (what: string) => `${what} ${process.pid} ${++made}`;

/** Makes what the addresses of the API name, each time new. */
export function maker(done: ReturnType<typeof sender>["done"], { acme, globex }: Seed) {
  async function newKey(by: Caller, keyAccess: object = { mode: "full" }) {
    const { ZUID: app = "" } = await done(by, "POST", "/v1/apps", { name: fresh("App"), keyAccess });
    const { ZUID: key = "", key: value = "" } = await done(by, "POST", `/v1/apps/${app}/keys`, { name: fresh("Key") });
    return { app, key, value };
  }

  async function newTargetToken(by: Caller, { publisherRole, instance }: Pick<Target, "publisherRole" | "instance">) {
    const { ZUID: token = "", token: tokenValue = "" } = await newToken(by, publisherRole, instance);
    return { token, tokenValue };
  }

  async function newResource(by: Caller): Promise<Pick<Target, "name">> {
    const { name = "" } = await done(by, "POST", "/v1/resources", { name: fresh("resource").replaceAll(" ", "-") });
    return { name };
  }

  async function newRoles(by: Caller, { instance }: Pick<Target, "instance">) {
    const [role, held] = [await newRole(by, instance), await newRole(by, instance)];
    const resource = "schema";
    await done(by, "POST", `/v1/roles/${role}/granulars`, { resourceZUID: resource, read: true });
    const user = (instance === globex.instanceId ? globex : acme).people.member.id;
    await done(by, "POST", `/v1/users/${user}/roles`, { roleZUID: held });
    return { role, resource, held, user };
  }

  async function newRole(by: Caller, entityZUID: string): Promise<string> {
    const input = { name: fresh("Role"), entityZUID, systemRoleZUID: "31-71cfc74-c0ntr1b0t0r" };
    return (await done(by, "POST", "/v1/roles", input)).ZUID ?? "";
  }

  const newToken = (by: Caller, roleZUID: string, instanceZUID: string, input: object = {}) =>
    done(by, "POST", "/v1/tokens", { name: fresh("Token"), roleZUID, instanceZUID, ...input });

  /** An event that belongs to the instance. */
  async function eventOn(by: Caller, instance: string): Promise<string> {
    await done(by, "PUT", `/v1/instances/${instance}`, { name: fresh("Instance") });
    const [event] = await done<{ ZUID: string }[]>(by, "GET", `/v1/audit-events?instance=${instance}&limit=1`);
    return event?.ZUID ?? "";
  }

  /** Nobody has the address. */
  async function newInvite(by: Caller, { instance: entityZUID }: Pick<Target, "instance">) {
    const inviteeEmail = `${fresh("invitee").replace(/ /g, "-")}@example.com`;
    const { ZUID: invite = "" } = await done(by, "POST", "/v1/invites", { inviteeEmail, entityZUID, accessLevel: 5 });
    return { invite };
  }

  async function newStream(by: Caller): Promise<Pick<Target, "stream">> {
    const input = { kind: "webhook", name: fresh("Stream"), url: "http://127.0.0.1:9/" };
    const { ZUID: stream = "" } = await done(by, "POST", "/v1/streams", input);
    await done(by, "PATCH", `/v1/streams/${stream}`, { paused: true });
    return { stream };
  }

  async function newView(by: Caller): Promise<Pick<Target, "view">> {
    const { ZUID: view = "" } = await done(by, "POST", "/v1/audit-views", {
      name: fresh("View"),
      query: "outcome=denied",
    });
    return { view };
  }

  const rotate = (by: Caller, place: string) => done(by, "POST", `/v1/${place}/rotations`, { overlapHours: 24 });

  /** The target with new objects where the pattern of an address names them. */
  async function renew(target: Target, by: Caller, pattern: string): Promise<Target> {
    const names = (...parts: (keyof Target)[]) => parts.some((part) => pattern.includes(`[${part}]`));
    return {
      ...target,
      ...(names("app", "key") && (await newKey(by))),
      ...(names("stream") && (await newStream(by))),
      ...(names("name") && (await newResource(by))),
      ...(names("token") && (await newTargetToken(by, target))),
      ...(names("view") && (await newView(by))),
      ...(names("invite") && (await newInvite(by, target))),
      ...(names("role", "held", "resource", "user") && (await newRoles(by, target))),
    };
  }

  return {
    newKey,
    newResource,
    newToken,
    newTargetToken,
    newRoles,
    newInvite,
    newStream,
    newView,
    eventOn,
    rotate,
    renew,
  };
}
