import { existsSync } from "node:fs";
import { inspect } from "node:util";

interface Ending {
  /** What is told of an error; without it the message of an Error made for people, and anything else in full. */
  explain?: (error: unknown) => string;
  /** The exit code of a program that failed. */
  failed?: number;
}

const plainly = (error: unknown): string =>
  error instanceof Error && (error.constructor === Error || isOfArguments(error)) ? error.message : inspect(error);

/** What `parseArgs` says of an option that there is not. */
const isOfArguments = ({ code }: NodeJS.ErrnoException) => code?.startsWith("ERR_PARSE_ARGS_") ?? false;

/** Runs a program of the command line to its end, with the settings of `.env`. It does not return. */
export async function runProgram(main: () => Promise<void>, { explain = plainly, failed = 1 }: Ending = {}) {
  if (existsSync(".env")) process.loadEnvFile(".env");
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = failed;
  }
  // Prisma's timers of past transactions would hold the process for seconds.
  process.exit();
}
