import "server-only";
import { afterAll, beforeAll, inject } from "vitest";
import { provideDb } from "@/lib/kernel/db";
import type { Store } from "@/lib/store/open";
import { flushUses } from "@/lib/verification/last-use";
import { openTestStore } from "./database";

let store: Store;

beforeAll(async () => {
  store = await openTestStore(inject("template"));
  provideDb(store.client);
});

afterAll(async () => {
  await flushUses();
  await store.close();
});
