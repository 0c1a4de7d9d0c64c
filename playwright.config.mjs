import { defineConfig } from "playwright/test";
import { findBrowser } from "./scripts/browser.mjs";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Specs of what reaches no store, or the same statements as others do: they run on the embedded one alone. */
const SAME_ON_EVERY_STORE = [
  "ambiguous-credentials",
  "auth",
  "canary",
  "centers",
  "csrf",
  "edge",
  "edge-headers",
  "forward-check",
  "fuzz",
  "lists",
  "log-injection",
  "mail-outage",
  "mass-assignment",
  "matrix",
  "oauth",
  "oauth-challenges",
  "powers",
  "revoke-unsupported",
  "second-factor",
  "secure-cookies",
  "setup-cli",
  "sign-in",
  "single-sign-on",
  "stop",
  "two-servers",
  "verify-batch",
  "zenoti-flow",
  "zenoti-promises",
  "zesty-promises",
  "zesty-sdk",
];
// A drill is asked for by name.
const isShortOnPostgres = process.env.DATABASE_URL !== undefined && process.env.DRILL_ROUNDS === undefined;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/fixtures/template.ts",
  outputDir: "test-results",
  reporter: "list",
  workers: 2,
  // A second try on a new server; what needed it is reported as flaky, by name.
  retries: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    {
      name: "api",
      testMatch: "api/*.spec.ts",
      testIgnore: isShortOnPostgres ? SAME_ON_EVERY_STORE.map((name) => `api/${name}.spec.ts`) : [],
    },
    {
      name: "journeys",
      testMatch: "*.spec.ts",
      testIgnore: "api/**",
      use: {
        viewport: { width: 1440, height: 900 },
        screenshot: "only-on-failure",
        launchOptions: { executablePath: await findBrowser(), args },
      },
    },
  ],
});
