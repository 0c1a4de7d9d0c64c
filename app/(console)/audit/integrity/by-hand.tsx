import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

/** How to verify without this server and without its code. */
export function ByHand({ vkey }: { vkey?: string }) {
  const key = vkey ?? "<signing key>";
  const python = `python3 verify.py bundle.zip \\\n  --key ${key} \\\n  --checkpoints checkpoints.log`;
  return (
    <Card title="Verify it elsewhere">
      <p className="mb-2 text-s text-ink-2">
        Each bundle has a verifier in Python beside the events, <code className="font-mono text-xs">verify.py</code>:
        Python 3.9 and nothing else, and none of this server’s code. Keep a copy of it that you trust.
      </p>
      <CodeBlock label="Verifying with Python" copy={python}>
        {python}
      </CodeBlock>
      <p className="mt-3 text-s text-ink-2">
        Without the checkpoints that were kept outside, a trail whose end was cut off looks whole. By default the server
        appends them to <code className="font-mono text-xs">checkpoints.log</code> in its data directory: copy that file
        to where the server cannot write.
      </p>
    </Card>
  );
}
