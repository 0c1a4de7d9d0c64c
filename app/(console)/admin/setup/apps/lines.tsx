/** A short list of addresses, one per line. */
export function Lines({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return <span className="text-ink-3">{none}</span>;
  return (
    <ul className="grid gap-0.5 font-mono text-xs leading-relaxed">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
