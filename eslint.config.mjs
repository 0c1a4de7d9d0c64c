import nextCoreWebVitals from "eslint-config-next/core-web-vitals";
import nextTypescript from "eslint-config-next/typescript";
import { defineConfig, globalIgnores } from "eslint/config";

const TESTS = ["**/*.test.ts", "**/*.type-test.ts", "lib/testing/**"];
const CLIENT_SAFE =
  "lib/[^/]+/(schema|terms)|lib/audit/(sentence|integrity-schema|vendor-schema|base64|checkpoint|note|merkle|verify/[^/]+)|lib/auth/email|lib/format|lib/http/client|lib/kernel/(actions|errors|ids|list-query|networks|permissions|system-roles|text)";

/** The files of an entity that write: its commands, or a part of them that is a subject of its own. */
const WRITES = ["commands", "acceptance", "rotation", "rules", "assignments", "refresh", "proofs", "deliveries"];

/** Who may import whom: the `@/` modules that files of a layer may import; those in `types` only as types. */
const LAYERS = {
  "lib/**": { may: "(lib/(?!demo/)|prisma/).+" },
  "lib/demo/**": { may: "(lib|prisma)/.+" },
  "lib/kernel/**": { may: "lib/kernel/.+|prisma/generated/.+" },
  "lib/*/queries.ts": {
    may: "lib/kernel/(?!mutate$).+|lib/verification/.+|lib/[^/]+/(schema|queries|record)|prisma/generated/.+",
  },
  [`lib/*/{${WRITES}}.ts`]: {
    may: `lib/kernel/(?!db$).+|lib/(?!demo|kernel|http|edge|store)[^/]+/(?!(queries|${WRITES.join("|")})$).+`,
    types: "lib/kernel/db|prisma/generated/.+",
  },
  "lib/{*/{schema,terms},audit/{sentence,integrity-schema,vendor-schema},format,http/client}.ts": { may: CLIENT_SAFE },
  "components/**": { may: `components/.+|${CLIENT_SAFE}` },
  "app/**": {
    may: `(app|components)/.+|lib/[^/]+/(queries|integrity|${WRITES.join("|")})|lib/(http|auth)/.+|lib/kernel/ctx|${CLIENT_SAFE}`,
  },
};

const NO_LATE_IMPORT = {
  selector: "ImportExpression Literal[value=/^(@|\\.\\.)\\u002f/]",
  message: "Import at the top, where the layers are checked.",
};
const BEGINS_SERVER_ONLY = {
  selector: "Program:not(:has(> ImportDeclaration:first-child[source.value='server-only']))",
  message: 'Begin with import "server-only".',
};

const layer = ([files, { may, types = "(?!)" }]) => ({
  files: [files],
  ignores: TESTS,
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        paths: ["process", "node:process"].map((name) => ({
          name,
          message: "Only lib/kernel/env.ts reads the environment.",
        })),
        patterns: [
          { regex: "^\\.\\./", message: "Across folders, import by the @/ alias." },
          { regex: `^@/(?!(${may}|${types})$)`, message: `${files} may import @/ only: ${may}` },
          { regex: `^@/(${types})$`, allowTypeImports: true, message: `${files} may import this as a type only.` },
        ],
      },
    ],
    "no-restricted-syntax": ["error", NO_LATE_IMPORT],
  },
});

export default defineConfig(
  globalIgnores([
    ".next/",
    "dist/",
    "prisma/generated/",
    "next-env.d.ts",
    "coverage/",
    "test-results/",
    "playwright-report/",
  ]),
  nextCoreWebVitals,
  nextTypescript,
  { linterOptions: { noInlineConfig: true }, rules: { "import/no-anonymous-default-export": "off" } },
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "max-lines": ["error", 200],
    },
  },
  {
    files: ["**/*.type-test.ts"],
    rules: { "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }] },
  },
  // No React there: use() is a function like any other.
  { files: ["e2e/**", "lib/**"], rules: { "react-hooks/rules-of-hooks": "off" } },
  {
    files: ["app/**", "components/**", "lib/**"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only lib/kernel/env.ts reads it." },
      ],
    },
  },
  {
    files: ["examples/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^(@/|(\\.\\./){2})", message: "Examples stand on their own: they are copied." }] },
      ],
    },
  },
  { files: ["lib/kernel/env.ts", ...TESTS], rules: { "no-restricted-properties": "off" } },
  Object.entries(LAYERS).map(layer),
  {
    files: [`lib/*/{queries,${WRITES}}.ts`, "lib/kernel/{db,mutate,env}.ts", "lib/{auth,store}/**/*.ts"],
    ignores: [...TESTS, "lib/auth/email.ts"],
    rules: {
      "no-restricted-syntax": ["error", NO_LATE_IMPORT, BEGINS_SERVER_ONLY],
    },
  },
);
