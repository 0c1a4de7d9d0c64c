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
  const sums = good.map((count, i) => count + (bad[i] ?? 0));
  const most = Math.max(...sums, 1);
  const tall = (count: number) => (count === 0 ? 0 : Math.max(LEAST, Math.round((count / most) * HEIGHT)));
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
      {sums.map((sum, i) => {
        const whole = tall(sum);
        const failed = Math.min(whole, tall(bad[i] ?? 0));
        return (
          <g key={i} transform={`translate(${i * STEP} 0)`}>
            <rect y={HEIGHT - 1} width={WIDTH} height={1} className="fill-line" />
            <rect y={HEIGHT - whole} width={WIDTH} height={whole - failed} className="fill-accent" />
            <rect y={HEIGHT - failed} width={WIDTH} height={failed} className="fill-bad" />
          </g>
        );
      })}
    </svg>
  );
}
