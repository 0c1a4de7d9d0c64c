/** The value that so many percent of the values do not exceed. */
export function percentile(values: number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error("Nothing was measured.");
  return value;
}

export const median = (values: number[]) => percentile(values, 50);

export const whole = (value: number) => Math.round(value).toLocaleString("en-US");
export const perSecond = (rate: number) => `${whole(rate)} /s`;
export const milliseconds = (time: number) => `${time < 10 ? time.toFixed(2) : time.toFixed(1)} ms`;
export const times = (ratio: number) => `${ratio.toFixed(2)} ×`;
