import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { ResourceRecord } from "@/lib/resources/schema";

/** What Latchkey itself guards: rules name it too, and its endpoints are the API's own. */
export function OwnResources({ resources }: { resources: readonly ResourceRecord[] }) {
  return (
    <Card title="Latchkey’s own" className="mt-6 max-w-[760px]">
      <p className="mb-3 text-s text-ink-2">
        These are there in every organization, with the verbs that roles can allow people on them. A key or token can at
        most read them, whatever its role allows.
      </p>
      <DescriptionList
        narrow
        items={resources.map(({ name, verbs }) => [name, <span key={name}>{verbs.join(", ")}</span>])}
      />
    </Card>
  );
}
