import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { env } from "@/lib/kernel/env";
import { toAppError } from "@/lib/kernel/errors";
import { createDatabase } from "@/lib/testing/database";
import { openTcpProxy } from "@/lib/testing/tcp-proxy";
import { openPostgres } from "./open";
import { checkServer, openPool } from "./postgres";

const organization = (name: string) => ({ id: `60-1-${name}`, accountName: name, name });

describe.runIf(env().databaseUrl)("on PostgreSQL", () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;

  beforeAll(async () => {
    const template = inject("template");
    database = await createDatabase(template.kind === "postgres" ? template.database : undefined);
  });
  afterAll(() => database.drop());

  async function openThroughProxy() {
    const proxy = await openTcpProxy(database.url);
    onTestFinished(proxy.close);
    const warnings: string[] = [];
    const store = await openPostgres(proxy.url, (message) => warnings.push(message));
    onTestFinished(() => store.close());
    return { proxy, store, warnings };
  }

  /** The error code of an attempt, and whether it came within the five seconds that are promised. */
  async function outcome(attempt: () => Promise<unknown>) {
    const began = performance.now();
    const error = await attempt().then(
      () => undefined,
      (thrown: unknown) => toAppError(thrown),
    );
    return { code: error?.code, isInTime: performance.now() - began < 5000 };
  }

  const UNAVAILABLE = { code: "store_unavailable", isInTime: true };
  const FINE = { code: undefined, isInTime: true };

  test("a statement is planned once on each connection and kept", async () => {
    const store = await openPostgres(database.url, () => undefined);
    onTestFinished(() => store.close());
    await store.client.$transaction(async (tx) => {
      await tx.organization.count({ where: { name: "one" } });
      await tx.organization.count({ where: { name: "other" } });
      expect(
        await tx.$queryRaw`select count(*)::int from pg_prepared_statements where statement like ${"%COUNT%"}`,
      ).toEqual([{ count: 1 }]);
    });
  });

  test("a frozen database answers store_unavailable within 5 seconds and recovers when it goes on", async () => {
    const { proxy, store } = await openThroughProxy();
    const read = () => store.client.organization.count();
    const write = () => store.client.$transaction((tx) => tx.organization.count());
    await read();
    proxy.freeze();
    expect(
      await Promise.all([...Array<typeof read>(30).fill(read), ...Array<typeof write>(30).fill(write)].map(outcome)),
    ).toEqual(Array(60).fill(UNAVAILABLE));
    expect(await outcome(() => store.ping())).toEqual(UNAVAILABLE);
    proxy.thaw();
    expect(await Promise.all([read, write, () => store.ping()].map(outcome))).toEqual([FINE, FINE, FINE]);
  });

  test("a transaction that froze midway is undone, and its connection serves nobody afterwards", async () => {
    const { proxy, store } = await openThroughProxy();
    const frozen = await outcome(() =>
      store.client.$transaction(async (tx) => {
        await tx.organization.create({ data: organization("frozen") });
        proxy.freeze();
        await tx.organization.count();
      }),
    );
    proxy.thaw();
    // On the connection of the frozen transaction this row would be acknowledged and never committed.
    await store.client.organization.create({ data: organization("acknowledged") });
    const other = await openPostgres(database.url, () => undefined);
    onTestFinished(() => other.close());
    const names = await other.client.organization.findMany({ where: { name: { in: ["frozen", "acknowledged"] } } });
    expect(names.map(({ name }) => name)).toEqual(["acknowledged"]);
    expect(frozen).toEqual(UNAVAILABLE);
  });

  test("cut connections are reported and replaced, and never end the process", async () => {
    const { proxy, store, warnings } = await openThroughProxy();
    await Promise.all([1, 2, 3].map(() => store.client.organization.count()));
    proxy.cut();
    await expect.poll(() => warnings.length).toBeGreaterThan(0);
    expect(await outcome(() => store.client.organization.count())).toEqual(FINE);
    const cutMidway = store.client.$transaction(async (tx) => {
      await tx.organization.count();
      proxy.cut();
      await tx.organization.count();
    });
    expect(await outcome(() => cutMidway)).toEqual(UNAVAILABLE);
    expect(await outcome(() => store.client.organization.count())).toEqual(FINE);
  });

  test("a connection that the server ends is store_unavailable", async () => {
    const { store } = await openThroughProxy();
    const ended = store.client.$transaction(async (tx) => {
      const [session] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await store.client.$queryRaw`SELECT pg_terminate_backend(${session?.pid}::int)`;
      await tx.organization.count();
    });
    expect(await outcome(() => ended)).toEqual(UNAVAILABLE);
  });

  test("when every connection is taken a request waits 2 seconds and is told so", async () => {
    const { store } = await openThroughProxy();
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let holding = 0;
    const hogs = Array.from({ length: 20 }, () =>
      store.client.$transaction(async (tx) => {
        await tx.organization.count();
        holding++;
        await held;
      }),
    );
    await expect.poll(() => holding, { timeout: 4000 }).toBe(20);
    expect(await outcome(() => store.client.organization.count())).toEqual(UNAVAILABLE);
    release?.();
    await Promise.allSettled(hogs);
    expect(await outcome(() => store.client.organization.count())).toEqual(FINE);
  });

  test("a statement that takes too long and a lock that is not released are store_unavailable", async () => {
    const { store } = await openThroughProxy();
    expect(await outcome(() => store.client.$queryRaw`SELECT pg_sleep(10)::text`)).toEqual(UNAVAILABLE);
    const blocked = store.client.$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE organization`;
      await store.client.organization.create({ data: organization("blocked") });
    });
    expect(await outcome(() => blocked)).toEqual(UNAVAILABLE);
  });

  test("what only COMMIT gives up, waiting for its turn to tell the others, is store_unavailable", async () => {
    const { store } = await openThroughProxy();
    const { id } = await store.client.organization.create({ data: organization("turn") });
    const renamed = store.client.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(20261122)::text`;
      await store.client.$transaction((other) => other.organization.update({ where: { id }, data: { name: "new" } }));
    });
    expect(await outcome(() => renamed)).toEqual(UNAVAILABLE);
    expect((await store.client.organization.findUniqueOrThrow({ where: { id } })).name).toBe("turn");
  });

  test("of two serializable transactions that read what the other writes one has to be tried again", async () => {
    const { store } = await openThroughProxy();
    let arrived = 0;
    const swap = (name: string) => () =>
      store.client.$transaction(
        async (tx) => {
          await tx.organization.count();
          arrived++;
          await expect.poll(() => arrived).toBe(2);
          await tx.organization.create({ data: organization(name) });
        },
        { isolationLevel: "Serializable" },
      );
    const codes = await Promise.all([swap("one"), swap("two")].map(outcome));
    expect(codes.filter(({ code }) => code === "store_unavailable")).toHaveLength(1);
  });

  test("a server whose settings may lose acknowledged changes is warned about, each by name", async () => {
    const url = new URL(database.url);
    url.searchParams.set("options", "-c synchronous_commit=off");
    const warnings: string[] = [];
    const pool = openPool(url.href, () => undefined);
    onTestFinished(() => pool.end());
    await checkServer(pool, (message) => warnings.push(message));
    expect(warnings).toEqual([
      "PostgreSQL runs with synchronous_commit = off: a crash of the server can lose or damage changes that were acknowledged.",
    ]);
  });
});

test.each(["postgresql://postgres@127.0.0.1:1/none", "postgresql://postgres@database.invalid/none"])(
  "a server that cannot be reached is store_unavailable: %s",
  async (url) => {
    const error = await openPostgres(url, () => undefined).catch(toAppError);
    expect(error).toMatchObject({ code: "store_unavailable", status: 503 });
  },
);
