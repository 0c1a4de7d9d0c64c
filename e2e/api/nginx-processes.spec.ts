import { signInByHttp } from "../fixtures/api-client";
import { hasNginx, startNginx } from "../fixtures/examples";
import { freePort, type ServerProcess, spawnServer } from "../fixtures/process";
import { expect, test } from "../fixtures/server";
import { statusFrom } from "../fixtures/request-from";
import { startServer } from "../fixtures/start-server";

test.skip(!hasNginx, "there is no nginx here");

test("behind nginx people sign in at whichever process, and each sees the client's own address", async () => {
  test.setTimeout(120_000);
  const [front, second] = [await freePort(), await freePort()];
  const settings = {
    PUBLIC_URL: `http://127.0.0.1:${front}`,
    TRUSTED_PROXIES: "127.0.0.1",
    SECRET_KEY: "the same for all processes of a deployment",
  };
  const server = await startServer({ seeded: true, settings });
  const own = `http://127.0.0.1:${second}`;
  const lines: string[] = [];
  // The embedded store takes one process; nginx then finds nobody at the other port and goes on.
  const peer: ServerProcess | undefined = server.databaseUrl
    ? await spawnServer(
        own,
        {
          ...settings,
          PATH: process.env.PATH,
          NODE_ENV: "production",
          PORT: String(second),
          DATABASE_URL: server.databaseUrl,
        },
        (line) => lines.push(line),
      )
    : undefined;
  const nginx = await startNginx(
    "latchkey.conf",
    { "127.0.0.1:3000": `127.0.0.1:${server.port}`, "127.0.0.1:3001": `127.0.0.1:${second}` },
    front,
  );
  try {
    const session = (await signInByHttp(nginx.origin, server.seed.acme.people.admin)).headers();
    for (let i = 0; i < 6; i++) {
      expect(
        await statusFrom("127.0.0.2", `${nginx.origin}/v1/token`, { ...session, "x-forwarded-for": "203.0.113.9" }),
      ).toBe(200);
    }
    for (const log of peer ? [lines, server.logs()] : [server.logs()]) {
      await expect.poll(() => log.filter((line) => line.includes('"path":"/v1/token"')).length).toBeGreaterThan(0);
      const seen = log
        .filter((line) => line.includes('"path":"/v1/token"'))
        .map((line) => JSON.parse(line) as { ip: string });
      expect(new Set(seen.map(({ ip }) => ip))).toEqual(new Set(["127.0.0.2"]));
    }
    expect(await statusFrom("127.0.0.2", `${nginx.origin}/metrics`, {})).toBe(404);
    expect(await statusFrom("127.0.0.2", `${nginx.origin}/v1/token`, { ...session, host: "evil.example" })).toBe(421);
  } finally {
    await nginx.stop();
    await peer?.stop();
    await server.dispose();
  }
});
