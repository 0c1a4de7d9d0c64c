import { randomBytes } from "node:crypto";
import { signInByHttp } from "../fixtures/api-client";
import { codeOf as factorCode, enroll } from "../fixtures/authenticator";
import { codeOf as linkCode, linkMailedTo } from "../fixtures/outbox";
import type { Canaries } from "./canaries";
import { fresh, type Reply, type World } from "./world";

/**
 * Everything secret that a person has: mailed links, a password, sessions of both kinds, a second factor with its
 * recovery codes, and the pending value of a login.
 */
export async function plantPerson(world: World, canaries: Canaries) {
  const { server, send, done, callers } = world;
  const { id, email } = server.seed.acme.people.member;
  const password = `Canary ${randomBytes(24).toString("hex")}`;
  const value = (reply: Reply) => String((reply.body.meta as { token: string }).token);

  const inviteeEmail = `${fresh("canary").replaceAll(" ", "-")}@example.com`;
  await done(callers.owner, "POST", "/v1/invites", {
    inviteeEmail,
    entityZUID: world.target.instance,
    accessLevel: 5,
  });
  canaries.plant(linkCode(await linkMailedTo(server, inviteeEmail, "invite")));

  await send({}, "POST", "/auth/password-resets", { address: email });
  const code = linkCode(await linkMailedTo(server, email, "reset"));
  canaries.plant(code);
  canaries.plantText(password);
  const reset = await send({}, "POST", "/auth/password-reset", { code, password });
  if (reset.status !== 200) throw new Error(`No new password: ${reset.text}`);

  canaries.plant(value(await send({}, "POST", "/auth/login", { email, password })));
  const browser = await signInByHttp(server.origin, { ...server.seed.acme.people.member, password });
  const [, cookie] = /latchkey-session=([^;]+)/.exec(browser.headers().cookie ?? "") ?? [];
  if (!cookie) throw new Error("No session.");
  canaries.plantText(cookie.slice(-60));

  const { secret, recoveryCodes } = await enroll(browser, id);
  for (const text of [secret, ...recoveryCodes]) canaries.plantText(text);
  const pending = value(await send({}, "POST", "/auth/login", { email, password }));
  canaries.plant(pending);
  const caller = world.bearer(pending);
  canaries.plant(value(await send(caller, "POST", "/auth/verify-2fa", { token: factorCode(secret, 1) })));

  const login = await world.newOwnersLogin(callers.owner, server.seed.acme);
  canaries.plant(String(login.authorization).split(" ").at(-1) ?? "");
}
