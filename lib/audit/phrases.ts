import type { EventRecord } from "./schema";

/** What was done, in the past ("rotated the key Production") and as what was tried ("rotate the key Production"). */
type Phrase = readonly [done: string, tried: string];

/** A sentence of its own where the actor's name does not begin it. */
export type Template = (event: EventRecord) => Phrase | string;

/** A target known only by its kind: the attempt was refused before it was looked up. */
const KINDS = ["app", "key", "token", "instance", "api_key", "access_token", "role", "user", "stream", "view"];

const named = (kind: string, { target }: EventRecord) =>
  KINDS.includes(target.name) ? `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}` : `the ${kind} ${target.name}`;

export const on =
  (kind: string, done: string, tried: string, rest = ""): Template =>
  (event) => [`${done} ${named(kind, event)}${rest}`, `${tried} ${named(kind, event)}${rest}`];

/** A person is called by name; the role it is about stands in the event. */
export const ofPerson =
  (done: string, tried: string): Template =>
  ({ target, before, after }) => {
    const name = target.name === "user" ? "a person" : target.name;
    const role = after?.role ?? before?.role;
    const rest = typeof role === "string" ? `${name}: ${role}` : name;
    return [`${done} ${rest}`, `${tried} ${rest}`];
  };

/** An invitation is told of by its address; what ends it need not be anybody's act. */
export const toJoin =
  (done: string, tried: string): Template =>
  ({ target, after }) => {
    const rest = target.name === "invite" ? "an invitation" : `the invitation of ${target.name}`;
    const role = typeof after?.role === "string" ? `: ${after.role}` : "";
    return [`${done} ${rest}${role}`, `${tried} ${rest}${role}`];
  };

/** Answered by its link, an invitation is answered by whom it was sent to, and done by Latchkey itself. */
export const answer =
  (done: string, tried: string): Template =>
  (event) => {
    const { actor, target, outcome, after } = event;
    if (actor.type !== "system" || target.name === "invite") return toJoin(done, tried)(event);
    const role = typeof after?.role === "string" ? `: ${after.role}` : "";
    return outcome === "allowed"
      ? `${target.name} ${done} the invitation${role}`
      : `${target.name} failed to ${tried} the invitation`;
  };

/** A credential can end itself. */
export const revocation =
  (kind: string): Template =>
  (event) =>
    event.actor.ZUID !== null && event.actor.ZUID === event.target.ZUID
      ? ["revoked itself", "revoke itself"]
      : on(kind, "revoked", "revoke")(event);

export const rotation = (kind: string, done: string, tried: string): Template =>
  on(kind, `${done} the rotation of`, `${tried} the rotation of`);
