import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { Policy } from "@/lib/policy/schema";
import { FACTORS, GROUPS, SSO, valueWords, WORDS } from "./policy-words";

/** The rules as they are, for who may read them and not change them. */
export function PolicyView({ policy }: { policy: Policy }) {
  const { label, does } = FACTORS[policy.secondFactor];
  return (
    <div className="grid max-w-[760px] gap-4">
      {GROUPS.map(({ title, fields }) => (
        <Card key={title} title={title}>
          <DescriptionList
            className="sm:grid-cols-[240px_1fr]"
            items={fields.map((field) => [
              WORDS[field].label,
              <Value key={field} value={valueWords(policy, field)} does={WORDS[field].does} />,
            ])}
          />
        </Card>
      ))}
      <Card title="Signing in">
        <DescriptionList
          className="sm:grid-cols-[240px_1fr]"
          items={[
            ["Who needs a second factor", <Value key="factor" value={label} does={does} />],
            [SSO.label, <Value key="sso" value={policy.linksSsoByEmail ? "Yes" : "No"} does={SSO.does} />],
          ]}
        />
      </Card>
    </div>
  );
}

function Value({ value, does }: { value: string; does: string }) {
  return (
    <>
      <b className="font-semi">{value}</b>
      <p className="text-xs text-ink-3">{does}</p>
    </>
  );
}
