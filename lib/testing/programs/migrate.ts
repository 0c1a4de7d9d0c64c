import "server-only";
import { PGlite } from "@electric-sql/pglite";
import { begin } from "@/lib/store/embedded";
import { migrate } from "@/lib/store/migrate";
import { connectForMigration } from "@/lib/store/postgres";

/** Migrates the embedded store of a directory, or the database of a URL, and prints what was applied. */
const [store, migrations] = process.argv.slice(2) as [string, string];
const pglite = store.startsWith("postgres") ? undefined : await PGlite.create(store);
const target = pglite ? { begin: () => begin(pglite) } : await connectForMigration(store);
process.stdout.write(`${(await migrate(target, migrations)).join(" ")}\n`);
process.exit();
