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
    { name: "api", testMatch: "api/*.spec.ts" },
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
