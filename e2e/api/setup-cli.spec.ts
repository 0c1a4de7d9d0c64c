import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test as base } from "playwright/test";
import { PASSWORD } from "../fixtures/accounts";
import { createDatabase } from "../fixtures/database";
import { startServer } from "../fixtures/start-server";

const ACME = [
  "--account-name",
  "acme",
  "--organization",
  "Acme",
  "--instance",
  "Main",
  "--email",
  "owner@acme.example",
];
const IDS = {
  organizationZUID: expect.stringMatching(/^60-/),
  accountName: "acme",
  instanceZUID: expect.stringMatching(/^8-/),
  ownerZUID: expect.stringMatching(/^5-/),
};

interface Given {
  password?: string;
  input?: string;
}

async function run(store: Record<string, string>, flags: string[], { password, input = "" }: Given = {}) {
  const child = spawn(process.execPath, ["dist/setup.mjs", ...flags], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...store, ...(password && { SETUP_PASSWORD: password }) },
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code: code as number, stdout, stderr };
}

const test = base.extend<{ store: Record<string, string> }>({
  store: async ({}, use) => {
    const home = await mkdtemp(path.join(tmpdir(), "latchkey-e2e-"));
    const database = await createDatabase();
    await use({ DATA_DIR: path.join(home, "data"), ...(database && { DATABASE_URL: database.url }) });
    await database?.drop();
    await rm(home, { recursive: true, force: true });
  },
});

// Each makes an embedded database anew, which a busy machine takes its time for.
test.describe.configure({ timeout: 180_000 });

test("sets up an organization with the password from the environment and says how to go on", async ({ store }) => {
  const { code, stdout, stderr } = await run(store, ACME, { password: PASSWORD });
  expect(stderr).toBe("");
  expect(stdout).toBe("Acme is set up. Start the server with npm start and sign in as owner@acme.example.\n");
  expect(code).toBe(0);
});

test("with --json prints the ids and nothing else, and refuses a second time", async ({ store }) => {
  const first = await run(store, [...ACME, "--json"], { input: `${PASSWORD}\n` });
  expect(first.stderr).toBe("");
  expect(JSON.parse(first.stdout)).toEqual(IDS);
  const second = await run(store, [...ACME, "--json"], { password: PASSWORD });
  expect(second).toEqual({
    code: 1,
    stdout: "",
    stderr: "This deployment was set up already; nothing was changed.\n",
  });
});

test("names every flag that is wrong or missing before it opens anything", async ({ store }) => {
  const wrong = await run(store, ["--account-name", "Acme Inc", "--instance", "M", "--email", "owner"]);
  expect(wrong).toEqual({
    code: 1,
    stdout: "",
    stderr: `These flags cannot be used (--help explains them):
  --account-name takes 3 to 40 lower-case letters, digits and hyphens, and starts with a letter
  --organization is missing
  --instance needs at least 2 characters
  --email must be an e-mail address
`,
  });
  const unknown = await run(store, [...ACME, "--passwort", "x"]);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain("Unknown option '--passwort'");
});

test("refuses a short password and leaves the deployment free for the next try", async ({ store }) => {
  const short = await run(store, ACME, { password: "fourteen chars" });
  expect(short).toEqual({ code: 1, stdout: "", stderr: "The password needs at least 15 characters.\n" });
  const again = await run(store, [...ACME, "--first-name", "Ada", "--last-name", "Lovelace"], { password: PASSWORD });
  expect(again.code).toBe(0);
});

test("says that there is no password, not that it is too short, when nobody gave one", async ({ store }) => {
  const stderr = "No password was given: set SETUP_PASSWORD, or send it to standard input.\n";
  expect(await run(store, ACME)).toEqual({ code: 1, stdout: "", stderr });
});

test("leaves a data directory alone that a running server holds, and names the other way", async () => {
  const server = await startServer({ seeded: false, settings: {} });
  try {
    test.skip(server.databaseUrl !== undefined, "PostgreSQL takes several processes");
    const { code, stderr } = await run({ DATA_DIR: server.dataDir }, ACME, { password: PASSWORD });
    expect(code).toBe(1);
    expect(stderr).toContain(`The data directory ${server.dataDir} is in use by process ${server.pid}.`);
    expect(stderr).toContain("at its /setup page");
  } finally {
    await server.dispose();
  }
});
