import { execFile } from "node:child_process";
import { expect, test } from "vitest";

/** What `npm run example` says of an example that it does not start. */
const refusal = (...args: string[]) =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, PORT: "0", NODE_ENV: "test" as const };
    execFile(process.execPath, ["scripts/example.mjs", ...args], { env, timeout: 15_000 }, (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    );
  });

const THERE_ARE = "There are: express/behind-proxy, express/service, hono/service.\n";

test.each([
  [["express/servce"], `There is no example express/servce. ${THERE_ARE}`],
  [["client/latchkey"], `There is no example client/latchkey. ${THERE_ARE}`],
  [[], `Name an example. ${THERE_ARE}`],
])("what is no example is told which there are: %s", async (args, stderr) => {
  expect(await refusal(...args)).toEqual({ code: 1, stdout: "", stderr });
});

test.each(["express/service", "hono/service"])("%s does not listen without a key to ask with", async (name) => {
  expect(await refusal(name)).toEqual({
    code: 1,
    stdout: "",
    stderr: "Set LATCHKEY_KEY to an API key of Latchkey: this service asks with it who may call it.\n",
  });
});
