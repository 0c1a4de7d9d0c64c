import { ESLint } from "eslint";
import { describe, expect, test } from "vitest";

// Rules that need types cannot read a file that is not on disk.
const untyped = new ESLint({
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      "@typescript-eslint/no-floating-promises": "off",
      "@typescript-eslint/no-misused-promises": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "off",
    },
  },
});
const typed = new ESLint();

const serverOnly = 'import "server-only";\n';
const use = (module: string) => `export { it } from "${module}";\n`;
const useType = (module: string) => `export type { It } from "${module}";\n`;
const IMPORTS = "@typescript-eslint/no-restricted-imports";

async function rulesBroken(eslint: ESLint, file: string, code: string) {
  const [result] = await eslint.lintText(code, { filePath: file });
  return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))];
}

describe("lint refuses", { timeout: 120_000 }, () => {
  test.each([
    ["app/page.tsx", use("@/lib/kernel/db"), IMPORTS],
    ["app/page.tsx", use("@/lib/kernel/mutate"), IMPORTS],
    ["app/page.tsx", useType("@/prisma/generated/client"), IMPORTS],
    ["app/page.tsx", use("@/lib/store/open"), IMPORTS],
    ["app/page.tsx", use("@/lib/edge/stop"), IMPORTS],
    ["app/(console)/audit/page.tsx", use("../../../lib/kernel/db"), IMPORTS],
    ["app/page.tsx", 'export const later = import("@/lib/kernel/db");\n', "no-restricted-syntax"],
    ["components/form.tsx", use("@/lib/keys/queries"), IMPORTS],
    ["components/form.tsx", use("@/lib/kernel/ctx"), IMPORTS],
    ["components/ui/button.tsx", use("@/app/page"), IMPORTS],
    ["lib/keys/commands.ts", serverOnly + use("@/lib/http/route"), IMPORTS],
    ["lib/keys/commands.ts", serverOnly + use("@/components/form"), IMPORTS],
    ["lib/keys/commands.ts", serverOnly + use("@/lib/kernel/db"), IMPORTS],
    ["lib/keys/commands.ts", serverOnly + use("@/prisma/generated/client"), IMPORTS],
    ["lib/keys/commands.ts", serverOnly + use("@/lib/apps/queries"), IMPORTS],
    ["lib/keys/commands.ts", serverOnly + use("../kernel/db"), IMPORTS],
    ["lib/keys/queries.ts", serverOnly + use("@/lib/kernel/mutate"), IMPORTS],
    ["lib/keys/schema.ts", use("@/lib/kernel/db"), IMPORTS],
    ["lib/kernel/cursor.ts", use("@/lib/keys/schema"), IMPORTS],
    ["lib/kernel/cursor.ts", use("@/lib/http/problem"), IMPORTS],
    ["lib/kernel/cursor.ts", use("@/lib/auth/sessions"), IMPORTS],
    ["lib/http/route.ts", use("@/app/page"), IMPORTS],
    ["lib/keys/commands.ts", serverOnly + use("@/lib/demo/fill"), IMPORTS],
    ["lib/audit/record.ts", use("@/lib/demo/fill"), IMPORTS],
    ["app/page.tsx", use("@/lib/demo/fill"), IMPORTS],
    ["examples/client/latchkey.ts", use("@/lib/kernel/ids"), IMPORTS],
    ["examples/express/service.ts", use("../../lib/kernel/ids"), IMPORTS],
    ["lib/edge/csp.ts", "export const port = process.env.PORT;\n", "no-restricted-properties"],
    ["lib/edge/csp.ts", 'export { env } from "node:process";\n', IMPORTS],
    ["lib/edge/csp.ts", 'console.log("here");\n', "no-console"],
    ["lib/keys/commands.ts", "export {};\n", "no-restricted-syntax"],
    ["lib/keys/queries.ts", "export {};\n", "no-restricted-syntax"],
    ["lib/kernel/mutate.ts", "export {};\n", "no-restricted-syntax"],
    ["lib/auth/sessions.ts", "export {};\n", "no-restricted-syntax"],
    ["lib/store/open.ts", "export {};\n", "no-restricted-syntax"],
    ["lib/keys/name.ts", "export const name = (x: any) => String(x);\n", "@typescript-eslint/no-explicit-any"],
    ["lib/keys/name.ts", "// @ts-expect-error\nexport const name: string = 1;\n", "@typescript-eslint/ban-ts-comment"],
    ["lib/keys/name.ts", "// @ts-ignore\nexport const name: string = 1;\n", "@typescript-eslint/ban-ts-comment"],
  ])("in %s: %s", async (file, code, rule) => {
    expect(await rulesBroken(untyped, file, code)).toContain(rule);
  });

  test("a file of more than 200 lines", async () => {
    expect(await rulesBroken(untyped, "lib/keys/name.ts", "export {};\n".repeat(201))).toEqual(["max-lines"]);
  });

  test.each([
    ["void work();", undefined],
    ["work();", "@typescript-eslint/no-floating-promises"],
    ["if (work()) export_();", "@typescript-eslint/no-misused-promises"],
    ['switch (kind) { case "a": export_(); }', "@typescript-eslint/switch-exhaustiveness-check"],
    ["export type It = import('./db').Db;", "@typescript-eslint/consistent-type-imports"],
  ])("what only the types tell: %s", async (statement, rule) => {
    const code = `declare function work(): Promise<boolean>;\ndeclare const kind: "a" | "b";\ndeclare function export_(): void;\nexport { kind };\nexport_();\n${statement}\nexport { work };\n`;
    expect(await rulesBroken(typed, "lib/kernel/errors.ts", code)).toEqual(rule ? [rule] : []);
  });
});

describe("lint allows", { timeout: 120_000 }, () => {
  test.each([
    ["app/page.tsx", use("@/lib/keys/queries") + use("@/lib/kernel/permissions") + use("./key-row")],
    ["components/form.tsx", use("@/lib/keys/schema") + use("@/lib/http/client") + use("@/components/ui/button")],
    ["lib/keys/commands.ts", serverOnly + use("@/lib/kernel/mutate") + useType("@/lib/kernel/db") + use("./schema")],
    ["lib/keys/queries.ts", serverOnly + use("@/lib/kernel/db") + use("@/lib/apps/schema")],
    ["examples/express/service.ts", use("../client/express")],
    ["lib/kernel/env.ts", serverOnly + "export const port = process.env.PORT;\n"],
    ["lib/keys/a.type-test.ts", "// @ts-expect-error A number is no name.\nexport const name: string = 1;\n"],
  ])("in %s: %s", async (file, code) => {
    expect(await rulesBroken(untyped, file, code)).toEqual([]);
  });
});
