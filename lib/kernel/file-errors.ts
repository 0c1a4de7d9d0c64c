import "server-only";

/** For `catch`: an Error that says in words which file it is about, and what the system had against it. */
export const tellOfFile = (file: string, not: "read" | "written") => (cause: Error) => {
  const [, reason = cause.message] = /^[A-Z0-9]+: ([^,]+)/.exec(cause.message) ?? [];
  throw new Error(`${file} cannot be ${not}: ${reason}.`, { cause });
};
