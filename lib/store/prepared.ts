import "server-only";

const MOST_STATEMENTS = 200;
/** Lists of values make a new statement for each length. */
const MOST_VALUES = 50;

/**
 * Names for the statements of a pool, by which PostgreSQL keeps them planned on each connection: planning most of ours
 * takes several times as long as running them. An empty name for what is not worth it, BEGIN and COMMIT above all.
 */
export function statementNames(): (query: { sql: string; args: readonly unknown[] }) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size === MOST_STATEMENTS || args.length === 0 || args.length > MOST_VALUES) return "";
    const name = `latchkey_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
