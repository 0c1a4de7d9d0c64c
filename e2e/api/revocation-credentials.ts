import { fresh } from "./objects";
import type { Way } from "./revocation-run";
import { bearer, type Side } from "./revocation-world";
import { sender } from "./send";

const at = (origin: string) => sender(origin).done;

/** The ways a key or token ends: itself, its app, its value, its network, or what it may be used on. */
export async function credentialWays(side: Side): Promise<Record<string, Way>> {
  const asking = side.asking.bind(side);
  const { ZUID: switched = "", secret = "" } = await side.make("/v1/apps", { name: fresh("Switched app") });
  const { access_token } = await side.newLogin(side.seed.people.seo, { app_id: switched, app_secret: secret });
  const ofSwitched = [(await side.newKey(switched)).key, access_token];
  const bound = await side.newKey();
  const full = await side.newKey();
  // Of one name: what failed deletions leave would fill the list of permissions, which is told up to a length.
  const resource = "orders";

  async function rotated(isToken: boolean, overlapHours: number) {
    const { ZUID, key, token } = isToken ? await side.newToken(side.seed.roleIds.publisher) : await side.newKey();
    const place = `/v1/${isToken ? "tokens" : "keys"}/${ZUID}/rotations`;
    return { asked: [asking(key ?? token)], place, rotation: { overlapHours } };
  }

  return {
    "API key revoked": {
      times: 8,
      next: async () => {
        const { ZUID, key } = await side.newKey();
        const end = (origin: string) => at(origin)(side.owner, "DELETE", `/v1/keys/${ZUID}`, { reason: "drill" });
        return { asked: [asking(key)], end };
      },
    },
    "API key disabled": {
      times: 4,
      next: async () => {
        const { ZUID, key } = await side.newKey();
        const end = (origin: string) => at(origin)(side.owner, "PATCH", `/v1/keys/${ZUID}`, { enabled: false });
        return { asked: [asking(key)], end };
      },
    },
    "app disabled": {
      times: 8,
      next: async () => {
        await side.any.done(side.owner, "PATCH", `/v1/apps/${switched}`, { enabled: true });
        const end = (origin: string) => at(origin)(side.owner, "PATCH", `/v1/apps/${switched}`, { enabled: false });
        return { asked: ofSwitched.map((value) => asking(value)), end };
      },
    },
    "app deleted": {
      times: 2,
      next: async () => {
        const { ZUID: app = "" } = await side.make("/v1/apps", { name: fresh("Doomed app") });
        const { key } = await side.newKey(app);
        return { asked: [asking(key)], end: (origin) => at(origin)(side.owner, "DELETE", `/v1/apps/${app}`) };
      },
    },
    "key bound to another network": {
      times: 6,
      next: async () => {
        const bind = (origin: string | undefined, allowedCidrs: string[]) =>
          (origin ? at(origin) : side.any.done)(side.owner, "PATCH", `/v1/keys/${bound.ZUID}`, { allowedCidrs });
        await bind(undefined, ["192.0.2.0/24"]);
        return { asked: [asking(bound.key, { ip: "192.0.2.7" })], end: (origin) => bind(origin, ["198.51.100.0/24"]) };
      },
    },
    "resource deleted": {
      times: 3,
      next: async () => {
        await side.ensure("POST", "/v1/resources", { name: resource });
        const end = (origin: string) => at(origin)(side.owner, "DELETE", `/v1/resources/${resource}`);
        return { asked: [asking(full.key, { permission: `${resource}:read` })], end };
      },
    },
    "access token revoked": {
      times: 6,
      next: async () => {
        const { ZUID, token } = await side.newToken(side.seed.roleIds.publisher);
        const end = (origin: string) => at(origin)(side.owner, "DELETE", `/v1/tokens/${ZUID}`, { reason: "drill" });
        return { asked: [asking(token)], end };
      },
    },
    "access token revoked by itself": {
      times: 4,
      next: async () => {
        const { token = "" } = await side.newToken(side.seed.roleIds.publisher);
        return { asked: [asking(token)], end: (origin) => at(origin)(bearer(token), "DELETE", "/v1/token") };
      },
    },
    "rotation of a key finished": {
      times: 4,
      next: async () => {
        const { asked, place, rotation } = await rotated(false, 1);
        await side.make(place, rotation);
        const end = (origin: string) => at(origin)(side.owner, "PATCH", `${place}/current`, { overlapHours: 0 });
        return { asked, end };
      },
    },
    "token rotated without overlap": {
      times: 4,
      next: async () => {
        const { asked, place, rotation } = await rotated(true, 0);
        return { asked, end: (origin) => at(origin)(side.owner, "POST", place, rotation) };
      },
    },
  };
}
