import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { inspect, parseArgs } from "node:util";
import { newRequestId } from "@/lib/edge/request-id";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";
import { setUp } from "@/lib/setup/commands";
import { isSetUp } from "@/lib/setup/queries";
import { SetUp } from "@/lib/setup/schema";
import { openStore } from "@/lib/store/open";
import { runProgram } from "./run-program";

const USAGE = `npm run setup -- --account-name acme --organization "Acme" --instance "Main" --email owner@example.com

  --account-name   short name of the organization: 3 to 40 lower-case letters, digits and hyphens
  --organization   its full name
  --instance       name of its first site, brand or center
  --email          e-mail address of the owner
  --first-name     of the owner, else "Owner"
  --last-name      of the owner, else the name of the organization
  --json           prints the ids of what was made as JSON, and nothing else

The owner's password comes from SETUP_PASSWORD, or else from standard input. It needs at least 15 characters.
`;
const FLAGS = {
  accountName: "account-name",
  organization: "organization",
  instance: "instance",
  email: "email",
  firstName: "first-name",
  lastName: "last-name",
} as const;

const People = SetUp.omit({ password: true });

/** What whoever runs this can mend; anything else is a fault of ours. */
class Refusal extends Error {}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) return void process.stdout.write(USAGE);
  const people = readPeople(flags);
  const store = await openStore(env(), (warning) => process.stderr.write(`${warning}\n`));
  try {
    if (await isSetUp()) throw new Refusal("This deployment was set up already; nothing was changed.");
    const origin = { requestId: newRequestId(), ip: "127.0.0.1", userAgent: "npm run setup" };
    const password = await readPassword();
    if (password === "") throw new Refusal("No password was given: set SETUP_PASSWORD, or send it to standard input.");
    const record = await setUp(origin, { ...people, password });
    const words = `${people.organization} is set up. Start the server with npm start and sign in as ${people.email}.`;
    process.stdout.write(`${flags.json ? JSON.stringify(record) : words}\n`);
  } finally {
    await store.close();
  }
}

function readFlags() {
  const texts = Object.fromEntries(Object.values(FLAGS).map((flag) => [flag, { type: "string" as const }]));
  const switches = { json: { type: "boolean" }, help: { type: "boolean" } } as const;
  try {
    const { values } = parseArgs({ options: { ...texts, ...switches } });
    return values as Partial<Record<(typeof FLAGS)[keyof typeof FLAGS], string>> & { json?: boolean; help?: boolean };
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

function readPeople(flags: ReturnType<typeof readFlags>) {
  const given = Object.entries(FLAGS).map(([field, flag]) => [field, flags[flag]]);
  const people: Partial<Record<keyof typeof FLAGS, string>> = Object.fromEntries(given);
  const parsed = People.safeParse({
    ...people,
    firstName: people.firstName ?? "Owner",
    lastName: people.lastName ?? people.organization,
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .map(({ path, message }) => ({ field: path[0] as keyof typeof FLAGS, message }))
    .filter(({ field }) => field !== "lastName" || people.lastName !== undefined)
    .map(({ field, message }) => `  --${FLAGS[field]} ${people[field] === undefined ? "is missing" : message}`);
  throw new Refusal(`These flags cannot be used (--help explains them):\n${problems.join("\n")}`);
}

async function readPassword(): Promise<string> {
  if (process.env.SETUP_PASSWORD) return process.env.SETUP_PASSWORD;
  if (!process.stdin.isTTY) return (await text(process.stdin)).replace(/\r?\n$/, "");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: silent, terminal: true });
  line.once("SIGINT", () => process.exit(130));
  // Only now does the terminal not show what is typed.
  process.stderr.write("Password of the owner: ");
  const password = await line.question("");
  line.close();
  process.stderr.write("\n");
  return password;
}

function explain(error: unknown): string {
  if (error instanceof Refusal || error instanceof AppError) return error.message;
  if (!(error instanceof Error) || error.constructor !== Error) return inspect(error);
  if (!error.message.includes("is in use by process")) return error.message;
  return `${error.message}\nA running server can also be set up in the browser, at its /setup page with the code it printed.`;
}

await runProgram(main, { explain: (error) => explain(error).trimEnd() });
