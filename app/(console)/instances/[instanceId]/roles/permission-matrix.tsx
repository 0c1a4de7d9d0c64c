"use client";

import { X } from "lucide-react";
import { useMemo } from "react";
import { ChoiceGrid, type Wish } from "@/components/choice-grid/choice-grid";
import type { Choice, ChoiceRow } from "@/components/choice-grid/places";
import { Button } from "@/components/ui/button";
import type { HeldRole, Power } from "@/lib/kernel/permissions";
import {
  below,
  edited,
  type Edits,
  isUnlimited,
  keyOf,
  type MatrixRow,
  reachable,
  rowsOf,
  type Said,
  saidBy,
  stateAfter,
  STATES,
  type Verb,
  VERBS,
  withEdits,
} from "./matrix";

const PARTS = {
  resource: "Protected APIs",
  place: "Single objects and instances",
  console: "Latchkey itself",
} as const satisfies Record<MatrixRow["kind"], string>;
const SAID: Record<Exclude<Wish, "next">, Said> = { yes: true, no: false, open: null };
const BEYOND = "beyond your own power";

interface PermissionMatrixProps {
  saved: HeldRole;
  edits: Edits;
  onEdit: (edits: Edits) => void;
  /** Of whoever edits. */
  power: Power;
  resources: readonly string[];
  instance: { ZUID: string; name: string };
  /** Rows for objects that have no rule yet, and how one of them goes. */
  added: readonly string[];
  onRemove: (resource: string) => void;
  isReadOnly: boolean;
}

/** What a role says of each resource, verb by verb, and what follows where it says nothing. */
export function PermissionMatrix(props: PermissionMatrixProps) {
  const { saved, edits, onEdit, power, resources, instance, added, onRemove, isReadOnly } = props;
  const draft = useMemo(() => withEdits(saved, edits), [saved, edits]);
  const matrixRows = useMemo(() => rowsOf(withBoth(saved, draft), resources, added), [saved, draft, resources, added]);
  const isFree = useMemo(() => isReadOnly || isUnlimited(power, saved), [isReadOnly, power, saved]);
  const statesOf = (resource: string, verb: Verb) => (isFree ? STATES : reachable(power, draft, resource, verb));

  const choiceOf = (row: MatrixRow, verb: Verb): Choice | undefined => {
    if (!row.verbs.includes(verb)) return undefined;
    const { resource } = row;
    const said = saidBy(draft, resource, verb);
    const otherwise = below(draft, row, verb, instance.ZUID);
    const lock = statesOf(resource, verb).every((state) => state === said) ? BEYOND : undefined;
    return {
      look: said === null ? (otherwise ? (otherwise.allows ? "faint-yes" : "faint-no") : "open") : said ? "yes" : "no",
      label: labelOf(nameOf(row, instance), verb, said, otherwise),
      ...(keyOf(resource, verb) in edits && { isChanged: true }),
      ...(lock && { lock }),
    };
  };

  const rows = matrixRows.map((row, index): ChoiceRow => ({
    id: row.resource,
    part: row.kind === matrixRows[index - 1]?.kind ? undefined : PARTS[row.kind],
    header: <Header row={row} instance={instance} onRemove={isReadOnly ? undefined : onRemove} />,
    cells: VERBS.map((verb) => choiceOf(row, verb)),
  }));

  function onWish(resource: string, column: number, wish: Wish): string | undefined {
    const [verb, row] = [VERBS[column], matrixRows.find((each) => each.resource === resource)];
    if (!verb || !row) return undefined;
    const said = saidBy(draft, resource, verb);
    const states = statesOf(resource, verb);
    const next = wish === "next" ? stateAfter(said, states) : SAID[wish];
    if (!states.includes(next))
      return `${resource}, ${verb}: ${next === false ? "denying" : "allowing"} it is ${BEYOND}`;
    const edit = edited(saved, edits, resource, verb, next);
    onEdit(edit);
    return labelOf(nameOf(row, instance), verb, next, below(withEdits(saved, edit), row, verb, instance.ZUID));
  }

  return (
    <ChoiceGrid
      label="Permissions"
      corner="Resource"
      columns={VERBS}
      rows={rows}
      isReadOnly={isReadOnly}
      onWish={onWish}
    />
  );
}

/** A row stays in sight while its last rule is only about to go. */
const withBoth = (saved: HeldRole, draft: HeldRole): HeldRole => ({
  ...draft,
  rules: [...saved.rules, ...draft.rules],
});

const nameOf = ({ resource }: MatrixRow, { ZUID, name }: { ZUID: string; name: string }) =>
  resource === ZUID ? `everything on ${name}` : resource;

function labelOf(name: string, verb: Verb, said: Said, otherwise: ReturnType<typeof below>): string {
  const state = said === null ? "inherited" : said ? "allowed" : "denied";
  const rest = otherwise
    ? `${otherwise.by} ${otherwise.allows ? "allows" : "denies"}`
    : "otherwise as its resource says";
  return `${name}, ${verb}: ${state}, ${rest}`;
}

interface HeaderProps {
  row: MatrixRow;
  instance: PermissionMatrixProps["instance"];
  onRemove?: (resource: string) => void;
}

function Header({ row, instance, onRemove }: HeaderProps) {
  if (row.kind !== "place") return <span className="block truncate">{row.resource}</span>;
  const isHere = row.resource === instance.ZUID;
  return (
    <span className="flex items-center justify-between gap-1">
      <span className="min-w-0 truncate" title={row.resource}>
        {isHere ? `Everything on ${instance.name}` : <code className="font-mono text-xs">{row.resource}</code>}
      </span>
      {onRemove && (
        <Button
          variant="ghost"
          size="icon-s"
          aria-label={`Remove the rule for ${row.resource}`}
          onClick={() => onRemove(row.resource)}
        >
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
}
