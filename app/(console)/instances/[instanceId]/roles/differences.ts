import type { Holder } from "@/lib/holders/schema";
import {
  ALL_PERMISSIONS,
  type AnyPermission,
  CREDENTIAL_PERMISSIONS,
  type HeldRole,
  permissionsOf,
} from "@/lib/kernel/permissions";
import { type Said, saidBy, type Verb, VERBS } from "./matrix";

export interface Difference {
  gained: AnyPermission[];
  lost: AnyPermission[];
}

/** What somebody who holds nothing but the role gains and loses on the instance, of these resources and the console's. */
export function differenceOf(
  before: HeldRole,
  after: HeldRole,
  instanceId: string,
  resources: readonly string[],
): Difference {
  const [then, now] = [before, after].map((role) =>
    permissionsOf({ kind: "roles", roles: [role], resources }, instanceId),
  );
  const without = (one: AnyPermission[] = [], other: AnyPermission[] = []) =>
    one.filter((each) => !other.includes(each));
  return { gained: without(now, then), lost: without(then, now) };
}

/** Holders to whom the change means the same; those to whom it means most come first. */
export interface Affected extends Difference {
  holders: Holder[];
}

/** People keep what another role of theirs allows; a token can never use more than credentials may. */
export function affected({ gained, lost }: Difference, holders: readonly Holder[]): Affected[] {
  const groups = new Map<string, Affected>();
  for (const holder of holders) {
    const counts = (permission: AnyPermission) =>
      holder.kind === "user" ? !holder.keeps.includes(permission) : isOfCredentials(permission);
    const own = { gained: gained.filter(counts), lost: lost.filter(counts) };
    const key = JSON.stringify(own);
    const group = groups.get(key) ?? { ...own, holders: [] };
    groups.set(key, { ...group, holders: [...group.holders, holder] });
  }
  const weight = (group: Affected) => group.gained.length + group.lost.length;
  return [...groups.values()].sort((a, b) => weight(b) - weight(a));
}

/** How many calls of the last thirty days that were allowed the change would have refused. */
export const refusedCalls = ({ lost }: Difference, holders: readonly Holder[]): number =>
  holders
    .flatMap(({ uses }) => uses)
    .filter(({ permission }) => (lost as readonly string[]).includes(permission))
    .reduce((sum, { count }) => sum + count, 0);

const isOfCredentials = (permission: AnyPermission) =>
  !(ALL_PERMISSIONS as readonly AnyPermission[]).includes(permission) ||
  (CREDENTIAL_PERMISSIONS as readonly AnyPermission[]).includes(permission);

export interface PlaceChange {
  place: string;
  verb: Verb;
  now: Said;
}

/** What has changed in the rules for single objects and instances, which no list of permissions tells. */
export function placeChanges(before: HeldRole, after: HeldRole): PlaceChange[] {
  const places = new Set(
    [...before.rules, ...after.rules].map(({ resource }) => resource).filter((id) => /^\d/.test(id)),
  );
  return [...places].flatMap((place) =>
    VERBS.filter((verb) => saidBy(before, place, verb) !== saidBy(after, place, verb)).map((verb) => ({
      place,
      verb,
      now: saidBy(after, place, verb),
    })),
  );
}
