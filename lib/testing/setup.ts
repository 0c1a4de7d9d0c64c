import "server-only";
import path from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { provideDb } from "@/lib/kernel/db";
import type { Store } from "@/lib/store/open";
import { flushUsage } from "@/lib/verification/usage";
import { openTestStore } from "./database";

// Mails land there, not in the directory of whoever develops. Files of one process share it, as they share its settings.
process.env.DATA_DIR = path.join(inject("home"), String(process.pid));
process.env.LOG_LEVEL ??= "warn";

let store: Store;

/** The store of the test file that runs. */
export const testStore = () => store;

beforeAll(async () => {
  store = await openTestStore(inject("template"));
  provideDb(store.client);
});

afterAll(async () => {
  await flushUsage();
  await store.close();
});
