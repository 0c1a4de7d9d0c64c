import type { ReactNode } from "react";
import { RunningOut } from "@/app/(console)/admin/setup/apps/running-out";
import { cn } from "@/components/cn";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { VersionRecord } from "@/lib/credentials/schema";
import type { Credential } from "./credential";

/** Every value the credential has had, newest first. */
export function Versions({ credential }: { credential: Credential }) {
  return (
    <section aria-labelledby="versions" className="mt-4 overflow-x-auto rounded-2 border bg-surface">
      <h2 id="versions" className="px-[18px] pt-4 pb-1 text-s font-semi text-ink-2">
        Versions
      </h2>
      <table role="table" className="w-full border-separate border-spacing-0 text-s whitespace-nowrap max-sm:block">
        <thead role="rowgroup" className="max-sm:sr-only">
          <tr role="row">
            {COLUMNS.map((label) => (
              <th
                role="columnheader"
                key={label}
                scope="col"
                className="h-8 border-b px-3 text-left font-medium text-ink-3 first:pl-[18px]"
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          {credential.record.versions.map((version) => (
            <VersionRow key={version.version} version={version} credential={credential} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const COLUMNS = ["Version", "Value", "State", "Since", "Last call"] as const;

function VersionRow({ version, credential }: { version: VersionRecord; credential: Credential }) {
  const isEnded = version.status === "ended";
  return (
    <tr role="row" className="group max-sm:block max-sm:border-t max-sm:px-[18px] max-sm:py-2.5">
      <Cell label="Version" className={cn("font-semi", isEnded && "font-normal text-ink-3 line-through")}>
        v{version.version}
      </Cell>
      <Cell label="Value">
        <code className="font-mono text-xs text-ink-2">{version.hint}</code>
      </Cell>
      <Cell label="State">
        <VersionState version={version} credential={credential} />
      </Cell>
      <Cell label="Since" className="text-ink-3">
        <Time value={version.createdAt} /> by {version.createdByName}
      </Cell>
      <Cell label="Last call" className="text-ink-3">
        <Time value={version.lastUsedAt} none="never" />
        {version.lastUsedIp && <> from {version.lastUsedIp}</>}
      </Cell>
    </tr>
  );
}

interface CellProps {
  label: (typeof COLUMNS)[number];
  className?: string;
  children: ReactNode;
}

const Cell = ({ label, className, children }: CellProps) => (
  <td
    role="cell"
    className="h-(--row) border-b px-3 group-last:border-b-0 first:pl-[18px] max-sm:flex max-sm:h-auto max-sm:justify-between max-sm:gap-4 max-sm:border-b-0 max-sm:px-0 max-sm:py-[3px] max-sm:first:pl-0"
  >
    <span className="text-ink-3 sm:hidden">{label}</span>
    <span className={cn("min-w-0 max-sm:text-right max-sm:whitespace-normal", className)}>{children}</span>
  </td>
);

function VersionState({ version, credential }: { version: VersionRecord; credential: Credential }) {
  if (version.status === "ended") {
    return (
      <>
        <Status>Ended</Status> <Time value={endOf(version, credential)} className="text-ink-3" />
      </>
    );
  }
  return version.endsAt ? <RunningOut before="Ends in" until={version.endsAt} /> : <Status tone="ok">Current</Status>;
}

/** Its own end, or that of the credential, whichever came first. */
const endOf = (version: VersionRecord, { record, expiresAt }: Credential) =>
  [version.endsAt, record.revokedAt, expiresAt].filter((time) => time !== null).sort()[0];
