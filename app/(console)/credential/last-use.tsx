import { Origin } from "@/components/ui/origin";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import { type Credential, isOver } from "./credential";

/** The last call with any of its versions; how to make the first one as long as there is none. */
export function LastUse({ credential }: { credential: Credential }) {
  const { record, noun, scheme } = credential;
  const { lastUsedAt, lastUsedIp, lastUserAgent, versions } = record;
  const last = versions.find((version) => version.lastUsedAt === lastUsedAt);
  return (
    <Card title="Last use">
      {lastUsedAt === null ? (
        <div className="grid gap-2 text-s text-ink-2">
          <p>{isOver(record) ? "It was never used." : "Never used. Its first call shows here by itself:"}</p>
          {!isOver(record) && (
            <pre
              tabIndex={0}
              aria-label={`A call with this ${noun}`}
              className="overflow-x-auto rounded-2 border bg-sunken px-3.5 py-2.5 font-mono text-xs leading-relaxed"
            >
              {`curl -H "Authorization: ${scheme} $${noun.toUpperCase()}" \\\n  `}
              <Origin />
              /v1/centers
            </pre>
          )}
        </div>
      ) : (
        <DescriptionList
          items={[
            ["Last call", <Time key="at" value={lastUsedAt} />],
            ["From", lastUsedIp],
            ["Program", lastUserAgent || "did not say"],
            versions.length > 1 && ["With", last && `v${last.version}`],
          ]}
        />
      )}
    </Card>
  );
}
