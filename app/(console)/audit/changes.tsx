import { cn } from "@/components/cn";
import type { EventRecord } from "@/lib/audit/schema";

/** Before and after as lines taken away and lines added. */
export function Changes({ event: { before, after, outcome } }: { event: EventRecord }) {
  const isChange = outcome === "allowed";
  const lines = isChange ? [...linesOf("−", before), ...linesOf("+", after)].sort((a, b) => a.at - b.at) : [];
  if (isChange && lines.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 text-s font-semi">Change</h3>
      <div className="overflow-hidden rounded-2 border font-mono text-xs">
        {lines.map(({ sign, field, text }) => (
          <p
            key={sign + field}
            className={cn("px-3 py-1 wrap-anywhere", sign === "+" ? "bg-ok-soft text-ok" : "bg-bad-soft text-bad")}
          >
            <span className="sr-only">{sign === "+" ? "added" : "removed"} </span>
            <span aria-hidden>{sign} </span>
            {field}: {text}
          </p>
        ))}
        {!isChange && (
          <p className="px-3 py-1 text-ink-2">
            nothing changed: the request was {outcome === "denied" ? "denied" : "not fulfilled"}
          </p>
        )}
      </div>
    </section>
  );
}

const linesOf = (sign: "−" | "+", record: EventRecord["before"]) =>
  Object.entries(record ?? {})
    .filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0))
    .map(([field, value], at) => ({
      sign,
      field,
      at,
      text: typeof value === "string" ? value : JSON.stringify(value),
    }));
