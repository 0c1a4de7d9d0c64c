import { isUnavailable, type Way } from "./revocation-run";
import { bearer, type Side } from "./revocation-world";
import { sender } from "./send";

const at = (origin: string) => sender(origin).done;
const PASSWORDS = ["correct horse battery staple", "another horse in the stable"] as const;

const otherThan = (password: string): string => (password === PASSWORDS[0] ? PASSWORDS[1] : PASSWORDS[0]);

/** The ways a person's session or login ends, and what a role gives. */
export async function peopleWays(side: Side): Promise<Record<string, Way>> {
  const asking = side.asking.bind(side);
  const { people, instanceId: instance } = side.seed;
  const reads = { permission: "content:read", instance };

  const edited = await side.newRole();
  const editedTokens = [await side.newToken(edited), await side.newToken(edited)];
  const held = await side.newRole();
  const holders = [await side.newSession(people.noRole), (await side.newLogin(people.noRole)).access_token];
  let login: Awaited<ReturnType<Side["newLogin"]>> | undefined;
  let password: string = PASSWORDS[0];

  return {
    "role lost a permission": {
      times: 6,
      next: async () => {
        const path = `/v1/roles/${edited}/granulars`;
        const rule = { resourceZUID: "content", create: false, update: false, delete: false, publish: false };
        await side.any.done(side.owner, "PUT", path, [{ ...rule, read: true }]);
        const end = (origin: string) => at(origin)(side.owner, "PUT", path, [{ ...rule, read: false }]);
        return { asked: editedTokens.map(({ token }) => asking(token, { permission: "content:read" })), end };
      },
    },
    "role taken from a person": {
      times: 6,
      next: async () => {
        const path = `/v1/users/${people.noRole.id}/roles`;
        await side.ensure("POST", path, { roleZUID: held });
        const end = (origin: string) => at(origin)(side.owner, "DELETE", `${path}/${held}`);
        return { asked: holders.map((value) => asking(value, reads)), end };
      },
    },
    "login refreshed": {
      times: 8,
      next: async () => {
        const { access_token, refresh_token } = login ?? (await side.newLogin(people.developer));
        const end = async (origin: string) => {
          login = undefined;
          login = await side.tokens(sender(origin), { grant_type: "refresh_token", refresh_token });
        };
        return { asked: [asking(access_token)], end };
      },
    },
    "login revoked": {
      times: 4,
      next: async () => {
        const { access_token, token_id } = await side.newLogin(people.contributor);
        const path = `/v1/apps/${side.app}/grants/${token_id}`;
        return { asked: [asking(access_token)], end: (origin) => at(origin)(side.owner, "DELETE", path) };
      },
    },
    "session ended by an admin": {
      times: 4,
      next: async () => {
        const value = await side.newSession(people.admin);
        const { ZUID } = await side.any.done(bearer(value), "GET", "/v1/sessions/current");
        return { asked: [asking(value)], end: (origin) => at(origin)(side.owner, "DELETE", `/v1/sessions/${ZUID}`) };
      },
    },
    "signed out": {
      times: 4,
      next: async () => {
        const value = await side.newSession(people.auditor);
        return { asked: [asking(value)], end: (origin) => at(origin)(bearer(value), "POST", "/auth/logout", {}) };
      },
    },
    "person deactivated": {
      times: 3,
      next: async () => {
        const path = `/v1/users/${people.leaver.id}`;
        await side.ensure("PUT", `${path}?action=reactivate`, {});
        const session = await side.newSession(people.leaver);
        const { access_token } = await side.newLogin(people.leaver);
        const end = (origin: string) => at(origin)(side.owner, "PUT", `${path}?action=deactivate`, {});
        return { asked: [asking(session), asking(access_token)], end };
      },
    },
    "password changed": {
      times: 2,
      next: async () => {
        const { id, email } = people.publisher;
        const account = { id, email, password };
        const own = await side.newSession(account).catch((failure: Error) => {
          if (isUnavailable(failure)) throw failure;
          // The change that was not answered was made.
          account.password = otherThan(password);
          return side.newSession(account);
        });
        const other = await side.newSession(account);
        const { access_token } = await side.newLogin(account);
        const body = { oldPassword: account.password, password: otherThan(account.password) };
        const end = async (origin: string) => {
          await at(origin)(bearer(own), "PUT", `/v1/users/${id}?action=updatePassword`, body);
          password = body.password;
        };
        return { asked: [asking(other), asking(access_token)], end };
      },
    },
  };
}
