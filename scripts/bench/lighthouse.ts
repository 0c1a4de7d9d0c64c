import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { findBrowser } from "@/scripts/browser.mjs";
import { install } from "@/scripts/programs.mjs";
import { type Demo, demoOf, kindOf } from "./demo";
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
    for (const path of demo.paths.main) {
      const audits: Audit[] = [];
      const once = () => audit(demo, path, browser);
      // Now and then it misses the beginning of its trace, and says to run it again.
      for (let round = 0; round < rounds; round += 1) audits.push(await once().catch(once));
      pages.push({ path: kindOf(path), scores: scoresOf(audits), lacks: [...new Set(audits.flatMap(lacksOf))] });
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
  runtimeError?: { message: string };
  categories: Record<Category, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null }>;
}

async function audit({ origin, cookieFor }: Demo, path: string, browser: string): Promise<Audit> {
  const cookie = cookieFor(path);
  const signedIn = cookie === "" ? [] : [`--extra-headers=${JSON.stringify({ cookie })}`];
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, origin + path, ...OPTIONS, ...signedIn], {
    env: { ...process.env, CHROME_PATH: browser },
    maxBuffer: 2 ** 27,
  });
  const audited = JSON.parse(stdout) as Audit;
  if (audited.runtimeError) throw new Error(`Lighthouse on ${path}: ${audited.runtimeError.message}`);
  return audited;
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
