import { formatCount } from "@/lib/format";
import { type Action, isReported } from "@/lib/kernel/actions";
import { answer, ofPerson, on, revocation, rotation, type Template, toJoin } from "./phrases";
import type { EventRecord } from "./schema";

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
  "deployment.restored": ({ target, after }) =>
    `${target.name} was restored from a backup of ${String(after?.backupTakenAt)}`,
  "instance.created": on("instance", "created", "create"),
  "instance.updated": on("instance", "changed", "change"),
  "invite.sent": ({ target, after }) => {
    const rest = typeof after?.role === "string" ? `${target.name} as ${after.role}` : target.name;
    return [`invited ${rest}`, `invite ${rest}`];
  },
  "invite.resent": toJoin("sent again", "send again"),
  "invite.accepted": answer("accepted", "accept"),
  "invite.declined": answer("declined", "decline"),
  "invite.canceled": toJoin("canceled", "cancel"),
  "invite.moved": toJoin("changed the role of", "change the role of"),
  "key.generated": on("key", "generated", "generate"),
  "key.updated": on("key", "changed", "change"),
  "key.disabled": on("key", "disabled", "disable"),
  "key.enabled": on("key", "enabled", "enable"),
  "key.rotated": on("key", "rotated", "rotate"),
  "key.rotation_extended": rotation("key", "extended", "extend"),
  "key.rotation_finished": rotation("key", "finished", "finish"),
  "key.rotation_rolled_back": rotation("key", "rolled back", "roll back"),
  "key.confirmed": on("key", "confirmed", "confirm"),
  "key.revoked": revocation("key"),
  "organization.set_up": ({ target, after }) =>
    `${target.name} was set up${typeof after?.owner === "string" ? ` with ${after.owner} as its owner` : ""}`,
  "outbox.read": () => ["read the mails of the outbox", "read the mails of the outbox"],
  "policy.read": () => ["read the policy", "read the policy"],
  "policy.updated": () => ["changed the policy", "change the policy"],
  "resource.registered": on("resource", "registered", "register"),
  "resource.updated": on("resource", "changed", "change"),
  "resource.deleted": on("resource", "deleted", "delete"),
  "role.created": on("role", "created", "create"),
  "role.updated": on("role", "changed", "change"),
  "role.rules_changed": on("role", "changed the rules of", "change the rules of"),
  "role.holders_moved": on("role", "moved everybody from", "move everybody from"),
  "role.deleted": on("role", "deleted", "delete"),
  "role.base_restored": on("instance", "restored the base roles of", "restore the base roles of"),
  "trail.proof_read": () => ["read a proof of the trail", "read a proof of the trail"],
  "trail.exported": ({ after }) => {
    const part = typeof after?.events === "number" ? `${formatCount(after.events, "event")} of ` : "";
    return [`exported ${part}the trail`, "export the trail"];
  },
  "trail.verified": ({ after }) => {
    const what = after?.bundle === true ? "a bundle of the trail" : "the trail";
    return [`verified ${what}${after?.result === "failed" ? ", which failed" : ""}`, `verify ${what}`];
  },
  "trail.archived": ({ after }) => {
    const events = typeof after?.events === "number" ? `${after.events} old events` : "old events";
    return [`moved ${events} of the trail to an archive`, `move ${events} of the trail to an archive`];
  },
  "trail.key_rotated": () => ["replaced the key that signs the trail", "replace the key that signs the trail"],
  "second_factor.started": () => ["began to set up a second factor", "set up a second factor"],
  "second_factor.enabled": () => ["turned on their second factor", "turn on a second factor"],
  "second_factor.disabled": () => ["turned off their second factor", "turn off a second factor"],
  "second_factor.reset": ofPerson("reset the second factor of", "reset the second factor of"),
  "second_factor.recovery_codes_replaced": () => ["replaced their recovery codes", "replace recovery codes"],
  "second_factor.recovery_code_used": () => ["used a recovery code", "use a recovery code"],
  "identity.linked": () => ["linked their single sign-on", "link a single sign-on"],
  "identity.unlinked": ofPerson("unlinked the single sign-on of", "unlink the single sign-on of"),
  "session.started": ({ after }) => {
    if (after?.kind === "single_sign_on") return ["signed in by single sign-on", "sign in by single sign-on"];
    return after?.kind === "api" ? ["signed in over the API", "sign in over the API"] : ["signed in", "sign in"];
  },
  "session.ended": ({ actor, target, outcome, after }) => {
    if (outcome === "denied") return ["ended a session", "end a session"];
    if (actor.name !== target.name) return [`ended a session of ${target.name}`, `end a session of ${target.name}`];
    return after?.reason === undefined || after.reason === "signed out"
      ? ["signed out", "sign out"]
      : `A session of ${actor.name} ended: ${String(after.reason)}`;
  },
  "session.proved": () => ["confirmed the password", "confirm the password"],
  "token.issued": on("token", "issued", "issue"),
  "token.updated": on("token", "changed", "change"),
  "token.renewed": on("token", "renewed", "renew"),
  "token.rotated": on("token", "rotated", "rotate"),
  "token.rotation_extended": rotation("token", "extended", "extend"),
  "token.rotation_finished": rotation("token", "finished", "finish"),
  "token.rotation_rolled_back": rotation("token", "rolled back", "roll back"),
  "token.confirmed": on("token", "confirmed", "confirm"),
  "token.revoked": revocation("token"),
  "stream.created": on("stream", "created", "create"),
  "stream.updated": on("stream", "changed", "change"),
  "stream.secret_rotated": on("stream", "replaced the secret of", "replace the secret of"),
  "stream.tested": on("stream", "tested", "test"),
  "stream.paused": on("stream", "paused", "pause"),
  "stream.resumed": on("stream", "resumed", "resume"),
  "stream.deleted": on("stream", "deleted", "delete"),
  "trail.reported": () => ["reported what happened", "report what happened"],
  "user.password_changed": () => ["changed their password", "change a password"],
  "user.reset_mailed": ({ target }) => `A link to choose a new password was mailed to ${target.name}`,
  "user.password_reset": ({ target, outcome }) =>
    outcome === "allowed"
      ? `${target.name} chose a new password by a mailed link`
      : `A password reset of ${target.name} failed`,
  "user.joined": ({ target, after }) =>
    `${target.name} joined${typeof after?.role === "string" ? ` as ${after.role}` : ""} by invitation`,
  "user.updated": ofPerson("changed the name of", "change the name of"),
  "user.role_assigned": ofPerson("gave a role to", "give a role to"),
  "user.role_moved": ofPerson("changed a role of", "change a role of"),
  "user.role_removed": ofPerson("took a role from", "take a role from"),
  "user.deactivated": ofPerson("deactivated", "deactivate"),
  "user.reactivated": ofPerson("reactivated", "reactivate"),
  "view.saved": on("view", "saved", "save"),
  "view.updated": on("view", "changed", "change"),
  "view.deleted": on("view", "deleted", "delete"),
  "login.granted": on("app", "logged in through", "log in through"),
  "login.refreshed": () => ["refreshed its login", "refresh its login"],
  "login.replayed": () => ["used a refresh token twice", "use a refresh token twice"],
  "login.revoked": on("login through", "ended a", "end a"),
  "login.challenged": () => ["was asked for the second factor", "sign in with a second factor"],
  "login.failed": ({ target }) =>
    target.name === "unknown account" ? "A sign-in to an unknown account failed" : `A sign-in as ${target.name} failed`,
};

/** What a protected API has reported is told in its own words. */
const reported: Template = ({ action, target }) => {
  const rest = `${action} on the ${target.type.replaceAll(/[_-]/g, " ")} ${target.name}`;
  return [`did ${rest}`, `do ${rest}`];
};

/** What happened, in plain words: "Dana Okafor rotated the key Production". */
export function sentenceOf(event: EventRecord): string {
  const phrase = (isReported(event.action) ? reported : TEMPLATES[event.action])(event);
  if (typeof phrase === "string") return phrase;
  const told = { denied: `was refused to ${phrase[1]}`, failed: `failed to ${phrase[1]}`, allowed: phrase[0] };
  return `${event.actor.name} ${told[event.outcome]}`;
}
