import { cn } from "@/components/cn";

/** Where one is in a flow; `current` counts from 0. */
export function Steps({ steps, current }: { steps: readonly string[]; current: number }) {
  return (
    <ol aria-label="Steps" className="mb-4.5 flex flex-wrap gap-x-5 gap-y-1 text-s text-ink-3">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === current ? "step" : undefined}
          className={cn(index === current && "font-semi text-ink")}
        >
          {index + 1} {step}
          {index < current && <span className="sr-only"> done</span>}
        </li>
      ))}
    </ol>
  );
}
