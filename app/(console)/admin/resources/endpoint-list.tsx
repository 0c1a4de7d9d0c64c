import { cn } from "@/components/cn";
import type { Endpoint } from "@/lib/resources/schema";

/** Reading is plain, what changes stands out, what deletes warns. */
const LOOKS: Partial<Record<Endpoint["verb"], string>> = {
  read: "bg-sunken text-ink-2",
  delete: "bg-bad-soft text-bad",
};

interface EndpointListProps {
  endpoints: readonly Endpoint[];
  /** What to say when there is none. */
  none?: string;
}

/** Each call with its method as a chip and the verb it takes. */
export function EndpointList({ endpoints, none }: EndpointListProps) {
  if (endpoints.length === 0) return none ? <p className="text-s text-ink-3">{none}</p> : null;
  return (
    <ul className="grid gap-1 text-s">
      {endpoints.map(({ method, path, verb }) => (
        <li key={`${method} ${path}`} className="flex items-baseline gap-2">
          <span
            className={cn(
              "w-[58px] shrink-0 rounded-1 px-1 text-center font-mono text-xs leading-5",
              LOOKS[verb] ?? "bg-accent-soft text-accent",
            )}
          >
            {method}
          </span>
          <code className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{path}</code>
          <span className="shrink-0 text-xs text-ink-3">{verb}</span>
        </li>
      ))}
    </ul>
  );
}
