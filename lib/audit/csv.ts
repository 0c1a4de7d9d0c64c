/** What a spreadsheet would take for a formula, also behind blanks it strips. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n]/;
/** The same where a spreadsheet that separates by something else than commas would begin a cell. */
const INNER = /([;|\t\r\n][\s\0"]*)(?=[=+\-@＝＋－＠])/g;

/**
 * One line of RFC 4180. A cell that a spreadsheet would run as a formula begins with an apostrophe, as OWASP has it:
 * names and user agents in the trail are made up by strangers.
 */
export const csvLine = (cells: readonly unknown[]) => `${cells.map(cellOf).join(",")}\r\n`;

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  const safe = typeof value === "string" ? withoutFormulas(value) : String(value);
  return /[",\r\n]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const withoutFormulas = (text: string) => (FORMULA.test(text) ? "'" : "") + text.replace(INNER, "$1'");
