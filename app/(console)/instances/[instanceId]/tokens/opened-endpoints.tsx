import { EndpointList } from "@/app/(console)/admin/resources/endpoint-list";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { formatCount } from "@/lib/format";
import type { AnyPermission } from "@/lib/kernel/permissions";
import type { ResourceRecord } from "@/lib/resources/schema";
import { openedBy } from "./opened";

interface OpenedEndpointsProps {
  permissions: readonly AnyPermission[];
  resources: readonly ResourceRecord[];
  mayRegister: boolean;
}

/** The exact calls a token can make, as far as the catalogue knows them. */
export function OpenedEndpoints({ permissions, resources, mayRegister }: OpenedEndpointsProps) {
  const { known, unlisted } = openedBy(permissions, resources);
  const count = known.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
  return (
    <Card title={count > 0 ? `What it opens: ${formatCount(count, "endpoint")}` : "What it opens"}>
      <div className="grid max-h-[420px] gap-3 overflow-y-auto" tabIndex={count > 8 ? 0 : undefined}>
        {known.map(({ name, endpoints }) => (
          <section key={name} aria-label={name} className="grid gap-1.5">
            <h3 className="text-s font-medium text-ink-2">{name}</h3>
            <EndpointList endpoints={endpoints} />
          </section>
        ))}
        {unlisted.length > 0 && (
          <p className="text-s text-ink-3">
            No endpoints registered for {inWords(unlisted)}: it may call whatever those APIs let it.{" "}
            {mayRegister && <Link href="/admin/resources">Register them</Link>}
          </p>
        )}
        {known.length + unlisted.length === 0 && <p className="text-s text-ink-3">No endpoint of a protected API.</p>}
      </div>
    </Card>
  );
}

const inWords = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join();
