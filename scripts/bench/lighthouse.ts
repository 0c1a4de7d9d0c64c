import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findBrowser } from "@/scripts/browser.mjs";
import { install } from "@/scripts/programs.mjs";
import { demoOf, kindOf } from "./demo";
import { median } from "./figures";
import type { Figure, Row } from "./rows";

// Packages of its own, so that only those who run this row install them.
const FOLDER = "scripts/bench/lighthouse";
const PROGRAM = `${FOLDER}/node_modules/lighthouse/cli/index.js`;

const lowest = (scores: number[]) => Math.min(...scores);
/** A busy machine changes the one about time; the others are the same each time or something is wrong. */
const CATEGORIES = {
  performance: { least: 95, of: median },
  accessibility: { least: 100, of: lowest },
  "best-practices": { least: 100, of: lowest },
};
type Category = keyof typeof CATEGORIES;
const NAMES = Object.keys(CATEGORIES) as Category[];

const OPTIONS = [
  "--preset=desktop",
  "--output=json",
  "--quiet",
  "--no-enable-error-reporting",
  `--only-categories=${NAMES.join()}`,
  "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
];

/** What Lighthouse says of the pages that are looked at most, as their owner sees them on a desktop. */
export const lighthouse: Row = {
  name: "lighthouse",
  async measure(world) {
    if (!existsSync(PROGRAM)) install("npm", ["ci", "--ignore-scripts", "--prefix", FOLDER]);
    if (!existsSync(PROGRAM)) throw new Error(`Lighthouse could not be installed: npm ci --prefix ${FOLDER} says why.`);
    const demo = await demoOf(world);
    const browser = await findBrowser();
    const rounds = world.isShort ? 1 : 3;
    const pages: Page[] = [];
    const folder = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
    world.onEnd(() => rm(folder, { recursive: true }));
    // In a file, so that a command that fails is told without the session.
    const headers = path.join(folder, "headers.json");
    for (const page of demo.paths.main) {
      const cookie = demo.cookieFor(page);
      await writeFile(headers, JSON.stringify(cookie ? { cookie } : {}), { mode: 0o600 });
      const audits: Audit[] = [];
      for (let round = 0; round < rounds; round += 1) audits.push(await audit(demo.origin + page, headers, browser));
      pages.push({ path: kindOf(page), scores: scoresOf(audits), lacks: [...new Set(audits.flatMap(lacksOf))] });
    }
    return { figures: NAMES.map((name) => figureOf(name, pages)), details: tableOf(pages) };
  },
};

interface Page {
  path: string;
  scores: Record<Category, number>;
  /** What costs points. */
  lacks: string[];
}

interface Audit {
  finalDisplayedUrl: string;
  categories: Record<Category, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null }>;
}

/** Recording what a browser does fails now and then: tried three times. */
async function audit(url: string, headers: string, browser: string, triesLeft = 2): Promise<Audit> {
  const command = [PROGRAM, url, ...OPTIONS, `--extra-headers=${headers}`];
  const options = { env: { ...process.env, CHROME_PATH: browser }, maxBuffer: 2 ** 27 };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, options);
    const audited = JSON.parse(stdout) as Audit;
    if (new URL(audited.finalDisplayedUrl).pathname === new URL(url).pathname) return audited;
    throw new Error(`${url} led Lighthouse to ${audited.finalDisplayedUrl}.`);
  } catch (error) {
    if (triesLeft === 0) throw error;
    return audit(url, headers, browser, triesLeft - 1);
  }
}

/** Of a hundred. */
function scoresOf(audits: Audit[]): Page["scores"] {
  const scoreOf = (name: Category) =>
    CATEGORIES[name].of(audits.map(({ categories }) => Math.round((categories[name].score ?? NaN) * 100)));
  return Object.fromEntries(NAMES.map((name) => [name, scoreOf(name)])) as Page["scores"];
}

const lacksOf = ({ categories, audits }: Audit) =>
  NAMES.flatMap((name) => categories[name].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => id);

function figureOf(name: Category, pages: Page[]): Figure {
  const { least } = CATEGORIES[name];
  const worst = pages.reduce((one, other) => (other.scores[name] < one.scores[name] ? other : one));
  const score = worst.scores[name];
  return {
    figure: `Lighthouse, ${name.replace("-", " ")}: the lowest of ${pages.length} pages (\`${worst.path}\`)`,
    ours: String(score),
    target: least === 100 ? "100" : `≥ ${least}`,
    isMet: score >= least,
  };
}

const tableOf = (pages: Page[]) =>
  [
    "\n## Lighthouse\n",
    `| page | ${NAMES.join(" | ")} | what costs points |`,
    `| --- | ${NAMES.map(() => "---").join(" | ")} | --- |`,
    ...pages.map(
      ({ path, scores, lacks }) =>
        `| \`${path}\` | ${NAMES.map((name) => scores[name]).join(" | ")} | ${lacks.map((id) => `\`${id}\``).join(", ")} |`,
    ),
  ].join("\n");
