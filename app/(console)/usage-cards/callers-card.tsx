import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import { formatNumber } from "@/lib/format";
import type { Caller, CredentialUsage } from "@/lib/usage/schema";

/** From where a credential was presented, the latest first. */
export function CallersCard({ callers: { total, first } }: Pick<CredentialUsage, "callers">) {
  return (
    <Card
      title="Callers"
      flush
      footer={total > first.length && `The latest ${first.length} of ${formatNumber(total)} addresses are shown.`}
    >
      {first.length === 0 ? (
        <p className="px-[18px] pb-4 text-s text-ink-2">Nobody has called with it in the last 35 days.</p>
      ) : (
        <ul aria-label="Callers" className="text-s">
          {first.map((caller) => (
            <CallerLine key={caller.ip} caller={caller} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function CallerLine({ caller: { ip, userAgent, firstAt, lastAt, allowed, refused } }: { caller: Caller }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-t px-[18px] py-2">
      <div className="min-w-0 flex-1 basis-48">
        <p className="wrap-anywhere">{ip === null ? "Further addresses" : <code className="font-mono">{ip}</code>}</p>
        <p className="wrap-anywhere text-ink-3">{userAgent || "program did not say"}</p>
      </div>
      <div className="text-ink-2 tabular-nums sm:text-right">
        <p>
          {formatNumber(allowed)} allowed
          {refused > 0 && <span className="text-bad">, {formatNumber(refused)} refused</span>}
        </p>
        <p className="text-ink-3">
          <Time value={firstAt} /> to <Time value={lastAt} />
        </p>
      </div>
    </li>
  );
}
