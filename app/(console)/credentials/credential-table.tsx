"use client";

import { BulkRevoke } from "@/app/(console)/credential/bulk-revoke";
import { Hours } from "@/app/(console)/usage-cards/hours";
import { REASONS } from "@/app/(console)/usage-cards/words";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageLink } from "@/components/ui/page-link";
import { Status, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { CredentialStatus } from "@/lib/credentials/schema";
import type { CredentialUse, ListedCredential } from "@/lib/overview/schema";
import { type HourlyUsage, REFUSALS, USAGE_HOURS } from "@/lib/usage/schema";
import { ConfirmRestored } from "./confirm-restored";
import { placesOf } from "./paths";

const STATES: Record<CredentialStatus, { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "ok" },
  rotating: { label: "Rotating", tone: "warn" },
  expiring: { label: "Expiring", tone: "warn" },
  disabled: { label: "Disabled", tone: "idle" },
  expired: { label: "Expired", tone: "idle" },
  revoked: { label: "Revoked", tone: "bad" },
  restored: { label: "Restored", tone: "warn" },
};
const USES: Record<CredentialUse, string> = {
  never: "Never used",
  forgotten: "Never used in 7 days",
  dormant: "Not used for 30 days",
};
const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const KINDS: Record<ListedCredential["kind"], string> = { api_key: "API key", access_token: "Access token" };

const filters: FilterSpec[] = [
  { key: "kind", label: "Kind", options: optionsOf(KINDS) },
  {
    key: "state",
    label: "State",
    options: Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
  },
  { key: "use", label: "Use", options: optionsOf(USES) },
  {
    key: "refused",
    label: "Refused as",
    options: REFUSALS.map((value) => ({ value, label: REASONS[value] })),
  },
  { key: "expires", label: "Expires on", placeholder: "2027-01-31 or 2027-01-31/2027-02-06" },
];

/** A key or token, and whether the reader may revoke it, or let it work again after a restore. */
type Row = ListedCredential & { mayRevoke: boolean; mayConfirm: boolean; hours?: HourlyUsage };

const column = columnsOf<Row>();
const columns = column.columns([
  column.accessor("name", { header: "Credential", meta: { isPrimary: true, sortKey: "name" } }),
  column.accessor("kind", { header: "Kind", cell: ({ row: { original } }) => KINDS[original.kind] }),
  column.accessor((row) => row.place.name, {
    id: "place",
    header: "Of",
    cell: ({ row: { original } }) => (
      <PageLink
        href={placesOf(original).place}
        tabIndex={-1}
        className="inline-block max-w-40 truncate rounded-[2px] align-middle text-ink-2 hover:underline"
      >
        {original.place.name}
      </PageLink>
    ),
  }),
  column.accessor("status", {
    header: "State",
    cell: ({ row: { original } }) => {
      const { label, tone } = STATES[original.status];
      return <Status tone={tone}>{label}</Status>;
    },
  }),
  column.accessor("expiresAt", {
    header: "Expires",
    cell: ({ row: { original } }) => <Time value={original.expiresAt} tabIndex={-1} className="text-ink-3" />,
  }),
  column.accessor("lastUsedAt", {
    header: "Last used",
    cell: ({ row: { original } }) => (
      <Time value={original.lastUsedAt} none="never used" tabIndex={-1} className="text-ink-3" />
    ),
  }),
  column.display({
    id: "hours",
    header: `Last ${USAGE_HOURS} hours`,
    cell: ({ row: { original } }) => <Hours hours={original.hours} />,
  }),
  column.accessor("createdAt", {
    header: "Made",
    meta: { sortKey: "createdAt", isWideOnly: true },
    cell: ({ row: { original } }) => <Time value={original.createdAt} tabIndex={-1} className="text-ink-3" />,
  }),
]);

const isRevocable = ({ mayRevoke, status }: Row) => mayRevoke && status !== "revoked";

const isConfirmable = ({ mayConfirm, status }: Row) => mayConfirm && status === "restored";

const actOnSelected = (selected: Row[], clear: () => void) => {
  const restored = selected.filter(isConfirmable);
  const credentials = selected
    .filter(isRevocable)
    .map((row) => ({ path: placesOf(row).api, name: placesOf(row).title, lastUsedAt: row.lastUsedAt }));
  return (
    <>
      {restored.length > 0 && <ConfirmRestored credentials={restored} clear={clear} />}
      <BulkRevoke credentials={credentials} noun="credential" clear={clear} />
    </>
  );
};

interface CredentialTableProps {
  rows: readonly Row[];
  nextCursor?: string;
  summary: string;
}

export function CredentialTable({ rows, nextCursor, summary }: CredentialTableProps) {
  return (
    <DataTable
      label="Credentials"
      columns={columns}
      rows={rows}
      rowId={({ ZUID }) => ZUID}
      href={(row) => placesOf(row).page}
      nextCursor={nextCursor}
      searchLabel="Search credentials"
      filters={filters}
      defaultSort={{ key: "createdAt", dir: "desc" }}
      summary={summary}
      isEnded={({ status }) => status === "revoked"}
      isSelectable={(row) => isRevocable(row) || isConfirmable(row)}
      bulkActions={rows.some((row) => row.mayRevoke || row.mayConfirm) ? actOnSelected : undefined}
      empty={
        <EmptyState
          title="No credential yet"
          action={
            <Button asChild>
              <PageLink href="/admin/setup/apps">Go to the apps</PageLink>
            </Button>
          }
        >
          Each app generates its own keys, and each instance issues its own tokens.
        </EmptyState>
      }
    />
  );
}
