import "server-only";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";

/** For `catch`: an Error that says in words which file it is about, and what the system had against it. */
export const tellOfFile = (file: string, not: "read" | "written") => (cause: Error) => {
  const [, reason = cause.message] = /^[A-Z0-9]+: ([^,]+)/.exec(cause.message) ?? [];
  throw new Error(`${file} cannot be ${not}: ${reason}.`, { cause });
};

/** Throws an Error in words unless there is such a file and it can be read. */
export async function requireFile(file: string): Promise<void> {
  await access(file, constants.R_OK).catch(tellOfFile(file, "read"));
  if ((await stat(file)).isDirectory()) throw new Error(`${file} cannot be read: it is a folder.`);
}
