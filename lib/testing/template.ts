import "server-only";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { TestProject } from "vitest/node";
import { env } from "@/lib/kernel/env";
import { begin } from "@/lib/store/embedded";
import { migrate } from "@/lib/store/migrate";
import { connectForMigration } from "@/lib/store/postgres";
import { createDatabase, type Template } from "./database";

declare module "vitest" {
  interface ProvidedContext {
    template: Template;
    /** Where the processes of the run keep their data directories. */
    home: string;
  }
}

/** Migrates once per run, so that a test file opens its own store in a fraction of a second. */
export default async function makeTemplate({ provide }: TestProject) {
  const home = await mkdtemp(path.join(tmpdir(), "latchkey-test-"));
  const { template, remove } = env().databaseUrl ? await postgresTemplate() : await embeddedTemplate(home);
  provide("home", home);
  provide("template", template);
  return async () => {
    await remove();
    await rm(home, { recursive: true });
  };
}

async function embeddedTemplate(home: string) {
  const dumpFile = path.join(home, "store.tar");
  const pglite = await PGlite.create();
  await migrate({ begin: () => begin(pglite) });
  const dump = await pglite.dumpDataDir("none");
  await writeFile(dumpFile, Buffer.from(await dump.arrayBuffer()));
  await pglite.close();
  return { template: { kind: "embedded", dumpFile } as const, remove: () => Promise.resolve() };
}

async function postgresTemplate() {
  const { database, url, drop } = await createDatabase();
  const target = await connectForMigration(url);
  await migrate(target).finally(() => target.close());
  return { template: { kind: "postgres", database } as const, remove: drop };
}
