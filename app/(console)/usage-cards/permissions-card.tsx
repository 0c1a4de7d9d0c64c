import { Card } from "@/components/ui/card";
import { formatCount, formatNumber } from "@/lib/format";
import type { CredentialUsage, PermissionCount } from "@/lib/usage/schema";

/** Which of its permissions a credential was asked for, and which never: those it could do without. */
export function PermissionsCard({ permissions }: Pick<CredentialUsage, "permissions">) {
  const { used, missing, unknown, unused } = permissions;
  return (
    <Card title="Permissions in 30 days">
      <div className="grid gap-3 text-s">
        {used.length === 0 ? (
          <p className="text-ink-2">
            Nobody has asked for a permission of it. A check that names the permission it needs is counted here.
          </p>
        ) : (
          <>
            <p className="text-ink-2">
              {formatNumber(used.length)} of {formatCount(used.length + unused.length, "permission")} used.
            </p>
            <Counts label="Used" of={used} />
          </>
        )}
        {missing.length > 0 && (
          <div>
            <h3 className="mb-1 font-medium text-bad">Refused for the lack of</h3>
            <Counts label="Missing" of={missing} />
          </div>
        )}
        {unknown > 0 && (
          <p className="text-ink-2">
            Asked {formatCount(unknown, "time")} for what is no permission here: a check may have a name misspelt.
          </p>
        )}
        {used.length > 0 && unused.length > 0 && (
          <details>
            <summary className="w-fit cursor-pointer rounded-[2px] text-ink-2 hover:text-ink">
              {formatCount(unused.length, "permission")} never used
            </summary>
            <ul aria-label="Never used" className="mt-2 flex flex-wrap gap-x-3 gap-y-1 font-mono text-xs text-ink-2">
              {unused.map((permission) => (
                <li key={permission}>{permission}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  );
}

function Counts({ label, of }: { label: string; of: readonly PermissionCount[] }) {
  return (
    <ul aria-label={label} className="grid gap-1">
      {of.map(({ permission, count }) => (
        <li key={permission} className="flex justify-between gap-4">
          <code className="min-w-0 font-mono text-xs wrap-anywhere">{permission}</code>
          <span className="shrink-0 text-ink-2 tabular-nums">{formatNumber(count)}</span>
        </li>
      ))}
    </ul>
  );
}
