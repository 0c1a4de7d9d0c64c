import { fresh, type World } from "./world";

export const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** What the tests of the verification routes ask and make. */
export function verification(world: World) {
  const { send, done, callers } = world;
  const caller = callers["full key"];
  const { owner } = callers;

  const ask = (question: unknown, by = caller) => send(by, "POST", "/v1/verify", question);
  const verdict = async (question: object) => (await ask(question)).body.data as Record<string, unknown>;
  const form = (path: string, fields: Record<string, string>, by: Record<string, string> = {}) =>
    send(by, "POST", path, String(new URLSearchParams(fields)), FORM);
  const introspect = async (token: string, more: Record<string, string> = {}) =>
    (await form("/oauth/introspect", { token, ...more }, caller)).body;

  async function newKey(input: object = {}, by = owner) {
    const { ZUID: app = "" } = await done(by, "POST", "/v1/apps", { name: fresh("App") });
    const { ZUID: id = "", key: value = "" } = await done(by, "POST", `/v1/apps/${app}/keys`, {
      name: fresh("Key"),
      ...input,
    });
    return { app, id, value };
  }

  async function newToken(input: object = {}) {
    const { publisherRole, instance } = world.target;
    const { ZUID: id = "", token: value = "" } = await world.newToken(owner, publisherRole, instance, input);
    return { id, value };
  }

  return { ask, verdict, form, introspect, newKey, newToken };
}
