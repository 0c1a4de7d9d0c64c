import "server-only";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { inject, onTestFinished } from "vitest";
import { db, provideDb } from "@/lib/kernel/db";
import { begin } from "@/lib/store/embedded";
import { migrate } from "@/lib/store/migrate";
import { embeddedStore, type Store } from "@/lib/store/open";
import { openTestStore } from "./database";

/** A folder of the test's own. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-backup-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** An empty store of the kind that the tests run on, or of the other one. */
export async function newStore(kind: "same" | "embedded" = "same"): Promise<Store> {
  const template = inject("template");
  if (kind === "same" || template.kind === "embedded") return closing(await openTestStore(template));
  const pglite = await PGlite.create();
  await migrate({ begin: () => begin(pglite) });
  return closing(embeddedStore(pglite));
}

function closing(store: Store): Store {
  onTestFinished(() => store.close());
  return store;
}

/** Does the work with another store in the place of the test's. */
export async function within<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const own = db();
  provideDb(store.client);
  try {
    return await work();
  } finally {
    provideDb(own);
  }
}

/** Every row of these tables as text. */
export async function rowsOf(store: Store, tables: readonly string[]): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const table of tables) {
    const found = await store.client.$queryRawUnsafe<{ row: string }[]>(
      `select to_jsonb(t)::text as row from "${table}" t order by 1`,
    );
    rows[table] = found.map(({ row }) => row);
  }
  return rows;
}
