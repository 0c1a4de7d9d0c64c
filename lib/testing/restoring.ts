import "server-only";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { inject, onTestFinished } from "vitest";
import { processNote } from "@/lib/audit/process-note";
import { findLoss, type Loss } from "@/lib/backup/loss";
import { checkBackup } from "@/lib/backup/read";
import { restoreBackup } from "@/lib/backup/restore";
import { writeBackup } from "@/lib/backup/write";
import { db, provideDb } from "@/lib/kernel/db";
import { env } from "@/lib/kernel/env";
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

/** A backup of the store as it is, what is kept outside of it, and what becomes of the two. */
export async function newBackup(store: Store) {
  const folder = await newFolder();
  const [file, outside] = [path.join(folder, "backup"), path.join(folder, "checkpoints.log")];
  await writeBackup(store, file, env());
  return {
    outside,

    /** As the file of checkpoints has it: every note, each with a blank line after it. */
    async writeOutside(...last: ("started" | "stopped")[]) {
      const checkpoints = await db().auditCheckpoint.findMany({ orderBy: { position: "asc" } });
      const notes = [...checkpoints.map(({ note }) => note), ...last.map((fact) => processNote(fact, new Date()))];
      await writeFile(outside, notes.map((note) => `${note}\n`).join(""));
    },

    loss: async (isNamed = false) => findLoss(outside, (await checkBackup(file, env())).header, env(), { isNamed }),

    async restored(loss: Loss) {
      const into = await newStore();
      const guarded = await restoreBackup(into, file, await checkBackup(file, env()), loss, env());
      return { store: into, guarded };
    },
  };
}

export const NONE: Loss = { kind: "none", events: 0, epochs: {} };
export const UNKNOWN: Loss = { kind: "unknown", events: 0, epochs: {} };

export const epochOf = async (logId: string) => (await db().auditLog.findUniqueOrThrow({ where: { logId } })).epoch;
