const BROWSERS: [name: string, version: RegExp][] = [
  ["Edge", /\bEdg(?:A|iOS)?\/(\d+)/],
  ["Opera", /\bOPR\/(\d+)/],
  ["Samsung Internet", /\bSamsungBrowser\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /(?:\b|Headless)(?:Chrome|CriOS)\/(\d+)/],
  ["Safari", /\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//],
];

/** The nearer name comes first: every Android says Linux, and every iPhone says Mac OS X. */
const SYSTEMS: [name: string, mark: RegExp][] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
];

/** A user agent in words: “Firefox 132 on Windows”, “curl 8”. It is what the client says of itself, no proof. */
export function describeDevice(userAgent: string): string {
  const system = SYSTEMS.find(([, mark]) => mark.test(userAgent))?.[0];
  const on = (program: string) => (system ? `${program} on ${system}` : program);
  for (const [name, version] of BROWSERS) {
    const [, major] = version.exec(userAgent) ?? [];
    if (major) return on(`${name} ${major}`);
  }
  const [, program, major] = /^([A-Za-z][\w.-]{0,39})(?:\/v?(\d{1,6}))?/.exec(userAgent) ?? [];
  if (!program || program === "Mozilla") return on("Unknown program");
  return on(major ? `${program} ${major}` : program);
}
