interface SparkBarsProps {
  /** Of each span the share that went well and the share that did not, oldest first. */
  good: readonly number[];
  bad: readonly number[];
  /** The whole picture in words. */
  label: string;
}

const WIDTH = 3;
const STEP = 4;
const HEIGHT = 20;
/** What little there is stays visible beside much. */
const LEAST = 2;

/** Small bars inside a line of a table. */
export function SparkBars({ good, bad, label }: SparkBarsProps) {
  const most = Math.max(...good.map((count, i) => count + (bad[i] ?? 0)), 1);
  const tall = (count: number) => (count === 0 ? 0 : Math.max(LEAST, Math.round((count / most) * HEIGHT)));
  const bars = good.map((count, i) => {
    const whole = tall(count + (bad[i] ?? 0));
    return { whole, failed: Math.min(whole, tall(bad[i] ?? 0)) };
  });
  const width = good.length * STEP - (STEP - WIDTH);
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      className="inline-block align-middle"
    >
      <title>{label}</title>
      <path d={barsOf(good.map(() => [0, 1]))} className="fill-line" />
      <path d={barsOf(bars.map(({ whole, failed }) => [failed, whole]))} className="fill-accent" />
      <path d={barsOf(bars.map(({ failed }) => [0, failed]))} className="fill-bad" />
    </svg>
  );
}

/** One path for all bars of a color, each from one height above the ground to another: a table has a thousand of them. */
const barsOf = (spans: readonly (readonly [low: number, high: number])[]) =>
  spans
    .map(([low, high], i) => (high > low ? `M${i * STEP} ${HEIGHT - low}h${WIDTH}V${HEIGHT - high}h-${WIDTH}z` : ""))
    .join("");
