import { SparkBars } from "@/components/charts/spark-bars";
import { type HourlyUsage, USAGE_HOURS } from "@/lib/usage/schema";
import { sumWords } from "./words";

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

/** The calls of the last hours, as a cell of a list. */
export function Hours({ hours }: { hours: HourlyUsage | undefined }) {
  if (!hours) return <span className="text-ink-3">none</span>;
  const { allowed, refused } = hours;
  const words = sumWords({ allowed: sum(allowed), refused: sum(refused) }, `in the last ${USAGE_HOURS} hours`);
  return <SparkBars good={allowed} bad={refused} label={words} />;
}
