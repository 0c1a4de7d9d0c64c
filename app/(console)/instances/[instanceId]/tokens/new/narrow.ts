import { toInputs, VERBS, withEdits } from "@/app/(console)/instances/[instanceId]/roles/matrix";
import type { AnyPermission, HeldRole } from "@/lib/kernel/permissions";
import { systemRole } from "@/lib/kernel/system-roles";
import type { RuleInput } from "@/lib/roles/schema";

const CONTRIBUTOR = "31-71cfc74-c0ntr1b0t0r";

/**
 * A role that allows these permissions alone. Its base hands out no power, which no rule could take away, and opens
 * no resource that is registered later. What the wider role denies of single objects stays denied; what it allows of
 * them goes.
 */
export function narrowRole(
  wider: HeldRole,
  allowed: readonly AnyPermission[],
): { systemRoleZUID: string; granularRoles: RuleInput[] } {
  const places = wider.rules
    .filter(({ resource }) => /^\d/.test(resource))
    .map((rule) => ({
      ...rule,
      ...Object.fromEntries(VERBS.map((verb) => [verb, rule[verb] === false ? false : null])),
    }));
  const denied = [...systemRole(CONTRIBUTOR).permissions].filter((permission) => !allowed.includes(permission));
  const edits = {
    ...Object.fromEntries(denied.map((permission) => [permission, false])),
    ...Object.fromEntries(allowed.map((permission) => [permission, true])),
  };
  const { rules } = withEdits({ ...wider, rules: places }, edits);
  return { systemRoleZUID: CONTRIBUTOR, granularRoles: toInputs(rules) };
}
