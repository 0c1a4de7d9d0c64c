import { allows, type AnyPermission, exceeding, type HeldRole, type Power, type Rule } from "@/lib/kernel/permissions";
import { CONSOLE_RESOURCES, CONTENT_VERBS, OWNER_ROLE_ID } from "@/lib/kernel/system-roles";
import type { RuleInput } from "@/lib/roles/schema";

export const VERBS = CONTENT_VERBS;
export type Verb = (typeof VERBS)[number];
/** Allowed, denied, or (null) left to what decides below. */
export type Said = boolean | null;

/** What was changed and not saved: by resource and verb. */
export type Edits = Readonly<Record<string, Said>>;

export interface MatrixRow {
  resource: string;
  kind: "resource" | "place" | "console";
  verbs: readonly Verb[];
}

export const keyOf = (resource: string, verb: Verb) => `${resource}:${verb}`;

export const saidBy = ({ rules }: HeldRole, resource: string, verb: Verb): Said =>
  rules.find((rule) => rule.resource === resource)?.[verb] ?? null;

/** The role with the changes; what says nothing is no rule. */
export function withEdits(role: HeldRole, edits: Edits): HeldRole {
  const rules = new Map(role.rules.map((rule) => [rule.resource, { ...rule }]));
  for (const [key, said] of Object.entries(edits)) {
    const at = key.lastIndexOf(":");
    const resource = key.slice(0, at);
    const rule = rules.get(resource) ?? { resource, ...SILENT };
    rules.set(resource, { ...rule, [key.slice(at + 1)]: said });
  }
  return { ...role, rules: [...rules.values()].filter((rule) => VERBS.some((verb) => rule[verb] !== null)) };
}

const SILENT = { create: null, read: null, update: null, delete: null, publish: null };

/** The changes with one more; one that leads back to what is saved is none. */
export function edited(saved: HeldRole, edits: Edits, resource: string, verb: Verb, said: Said): Edits {
  const { [keyOf(resource, verb)]: _, ...others } = edits;
  return said === saidBy(saved, resource, verb) ? others : { ...others, [keyOf(resource, verb)]: said };
}

/** Acts on the organization as a whole: a role on one instance never reaches them. */
const ORGANIZATION_ONLY = ["apps", "keys", "policy", "streams"];

/** The protected APIs, the objects and instances a rule names, and the console's own resources. */
export function rowsOf(role: HeldRole, resources: readonly string[], added: readonly string[]): MatrixRow[] {
  const isLocal = role.instanceId !== null;
  const named = [...new Set([...role.rules.map(({ resource }) => resource), ...added])];
  const isConsole = (name: string) => Object.hasOwn(CONSOLE_RESOURCES, name);
  const consoleRows = Object.entries(CONSOLE_RESOURCES)
    .filter(([name]) => !isLocal || !ORGANIZATION_ONLY.includes(name) || named.includes(name))
    .map(([resource, verbs]) => ({
      resource,
      kind: "console" as const,
      verbs: VERBS.filter((verb) => (verbs as readonly string[]).includes(verb) && !isOutOfReach(role, resource, verb)),
    }));
  const places = named.filter((name) => !resources.includes(name) && !isConsole(name));
  return [
    ...resources.map((resource) => ({ resource, kind: "resource" as const, verbs: VERBS })),
    ...places.map((resource) => ({ resource, kind: "place" as const, verbs: VERBS })),
    ...consoleRows,
  ];
}

const isOutOfReach = ({ instanceId }: HeldRole, resource: string, verb: Verb) =>
  instanceId !== null && resource === "instances" && verb === "create";

const grants = (role: HeldRole, resource: string, verb: Verb, instanceId: string): boolean =>
  allows({ kind: "roles", roles: [role], resources: [resource] }, keyOf(resource, verb) as AnyPermission, instanceId);

/** What would decide a cell that says nothing: the rule for the instance, or the base role; and how. */
export function below(role: HeldRole, { resource, kind }: MatrixRow, verb: Verb, instanceId: string) {
  if (kind === "place") return undefined;
  const silent = withEdits(role, { [keyOf(resource, verb)]: null });
  const isByInstance = kind === "resource" && saidBy(role, instanceId, verb) !== null;
  return {
    by: isByInstance ? "rule of the instance" : "base role",
    allows: grants(silent, resource, verb, instanceId),
  };
}

/** What a cell can be set to without granting beyond the power of whoever edits. */
export function reachable(power: Power, draft: HeldRole, resource: string, verb: Verb): Said[] {
  return STATES.filter((said) => exceeding(power, withEdits(draft, { [keyOf(resource, verb)]: said })).length === 0);
}

export const STATES: readonly Said[] = [null, true, false];

/** The next one in turn that can be reached. */
export function stateAfter(said: Said, states: readonly Said[]): Said {
  const turn = [1, 2, 3].map((step) => STATES[(STATES.indexOf(said) + step) % STATES.length] as Said);
  const [next = said] = turn.filter((each) => states.includes(each));
  return next;
}

/** Who may do everything there has no limit to look for. */
export const isUnlimited = (power: Power, { instanceId }: HeldRole): boolean =>
  exceeding(power, { systemRoleId: OWNER_ROLE_ID, instanceId, rules: [] }).length === 0;

/** The rules as the API takes them. */
export const toInputs = (rules: readonly Rule[]): RuleInput[] =>
  rules.map(({ resource, create, read, update, delete: remove, publish }) => ({
    resourceZUID: resource,
    create,
    read,
    update,
    delete: remove,
    publish,
  }));
