import type { Action } from "@/lib/kernel/actions";
import type { EventRecord } from "./schema";

/** What was done, in the past ("rotated the key Production") and as what was tried ("rotate the key Production"). */
type Phrase = readonly [done: string, tried: string];

/** A sentence of its own where the actor's name does not begin it. */
type Template = (event: EventRecord) => Phrase | string;

/** A target known only by its kind: the attempt was refused before it was looked up. */
const KINDS = ["app", "key", "instance", "api_key"];

const named = (kind: string, { target }: EventRecord) =>
  KINDS.includes(target.name) ? `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}` : `the ${kind} ${target.name}`;

const on =
  (kind: string, done: string, tried: string, rest = ""): Template =>
  (event) => [`${done} ${named(kind, event)}${rest}`, `${tried} ${named(kind, event)}${rest}`];

const rotation = (done: string, tried: string): Template =>
  on("key", `${done} the rotation of`, `${tried} the rotation of`);

/** Every action has one: a new action without a sentence does not compile. */
const TEMPLATES: Record<Action, Template> = {
  "access.refused": ({ target, after }) => {
    const verb = String(after?.permission ?? "").split(":")[1] ?? "use";
    return [`used ${target.name}`, `${verb} ${target.name}`];
  },
  "app.registered": on("app", "registered", "register"),
  "app.updated": on("app", "changed", "change"),
  "app.disabled": on("app", "disabled", "disable"),
  "app.enabled": on("app", "enabled", "enable"),
  "app.deleted": on("app", "deleted", "delete"),
  "app.secret_rotated": on("app", "replaced the secret of", "replace the secret of"),
  "instance.created": on("instance", "created", "create"),
  "instance.updated": on("instance", "changed", "change"),
  "key.generated": on("key", "generated", "generate"),
  "key.updated": on("key", "changed", "change"),
  "key.disabled": on("key", "disabled", "disable"),
  "key.enabled": on("key", "enabled", "enable"),
  "key.rotated": on("key", "rotated", "rotate"),
  "key.rotation_extended": rotation("extended", "extend"),
  "key.rotation_finished": rotation("finished", "finish"),
  "key.rotation_rolled_back": rotation("rolled back", "roll back"),
  "key.revoked": on("key", "revoked", "revoke"),
  "organization.set_up": ({ target, after }) =>
    `${target.name} was set up${typeof after?.owner === "string" ? ` with ${after.owner} as its owner` : ""}`,
  "session.started": () => ["signed in", "sign in"],
  "session.ended": ({ actor, after }) =>
    after?.reason === undefined || after.reason === "signed out"
      ? ["signed out", "sign out"]
      : `The session of ${actor.name} ended: ${String(after.reason)}`,
  "session.proved": () => ["confirmed the password", "confirm the password"],
  "login.failed": ({ target }) =>
    target.name === "unknown account" ? "A sign-in to an unknown account failed" : `A sign-in as ${target.name} failed`,
};

/** What happened, in plain words: "Dana Okafor rotated the key Production". */
export function sentenceOf(event: EventRecord): string {
  const phrase = TEMPLATES[event.action](event);
  if (typeof phrase === "string") return phrase;
  const [done, tried] = phrase;
  const { name } = event.actor;
  if (event.outcome === "denied") return `${name} was refused to ${tried}`;
  return event.outcome === "failed" ? `${name} failed to ${tried}` : `${name} ${done}`;
}
