import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Time } from "@/components/ui/time";
import type { Integrity } from "@/lib/audit/integrity-schema";

/** The key to note down: whoever has it need not trust this server later. */
export function KeyCard({ keys }: Pick<Integrity, "keys">) {
  const [current, ...earlier] = keys;
  if (!current) return null;
  return (
    <Card title="Signing key">
      <p className="mb-2 text-s text-ink-2">
        Note it down somewhere else. A verifier that is given it believes nothing that another key has signed.
      </p>
      <CodeBlock label="Signing key" copy={current.vkey}>
        <span className="break-all whitespace-normal">{current.vkey}</span>
      </CodeBlock>
      <p className="mt-3 mb-1 text-xs text-ink-3">SHA-256 fingerprint</p>
      <CodeBlock label="Fingerprint of the signing key" copy={current.fingerprint}>
        <span className="break-all whitespace-normal">{current.fingerprint}</span>
      </CodeBlock>
      {earlier.length > 0 && (
        <ul className="mt-3 grid gap-1 text-xs text-ink-3">
          {earlier.map(({ vkey, since }, at) => (
            <li key={vkey}>
              <code className="font-mono">{vkey.split("+")[0]}</code> since <Time value={since} absolute />
              {keys[at]?.isEndorsed
                ? ", endorsed the one after it"
                : ", did not endorse the one after it: pin that one anew"}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
