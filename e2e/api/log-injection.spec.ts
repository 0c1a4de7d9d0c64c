import { signInByHttp } from "../fixtures/api-client";
import { expect, test } from "../fixtures/server";
import { raw, request } from "./raw-http";

/** What would end a line, speak to a terminal, or end a string, and then the line that somebody wants to be read. */
const HOSTILE: [what: string, text: string][] = [
  ["line feeds", "\r\n"],
  ["escapes for terminals", "\x1b[2K\x1b[31m\x9b31m\x7f"],
  ["quotes", '"\\"}'],
  ["separators of lines", "\x85\u2028\u2029"],
];
const FORGED = '{"level":"fatal","msg":"forged"}';

/** Whether a reader of any kind takes it for one line of our log and nothing else. */
function isOneLine(line: string): boolean {
  if (/[\p{Cc}\u2028\u2029]/u.test(line)) return false;
  try {
    const entry = JSON.parse(line) as { level?: string; time?: string };
    return ["info", "warn"].includes(entry.level ?? "") && entry.time !== undefined;
  } catch {
    return false;
  }
}

for (const [what, text] of HOSTILE) {
  test(`${what} in a path, a user agent or a name leave the log one JSON object per line`, async ({ server }) => {
    const hostile = text + FORGED;
    const client = await signInByHttp(server.origin, server.seed.acme.people.owner);
    const from = server.logs().length;
    const named = await client.call("POST", "/v1/apps", { name: `App ${hostile}` });
    expect([201, 422]).toContain(named.status);
    const encoded = await client.call("GET", `/v1/apps/${encodeURIComponent(hostile)}`);
    expect([400, 404, 422]).toContain(encoded.status);
    await raw(server.port, request(server.port, `GET /${hostile}`));
    await raw(server.port, Buffer.from(request(server.port, `GET /${hostile}`), "latin1"));
    await raw(server.port, request(server.port, "GET /v1/token", `User-Agent: ${hostile}`));

    const { requestId } = await client.call("GET", "/v1/apps");
    const linesOf = (id: string) => server.logs().filter((line) => line.includes(id)).length;
    await expect.poll(() => linesOf(requestId)).toBe(1);
    expect([linesOf(named.requestId), linesOf(encoded.requestId)]).toEqual([1, 1]);
    expect(
      server
        .logs()
        .slice(from)
        .filter((line) => !isOneLine(line)),
    ).toEqual([]);
  });
}

test("what the tests above rely on sees a forged line, half a line, and a line that only some readers end", () => {
  const line = (path: string) => `{"level":"info","time":"2026-11-22T10:00:00.000Z","path":"${path}"}`;
  expect(isOneLine(line("/"))).toBe(true);
  for (const wrong of [FORGED, line("/").slice(0, -2), line('"'), line("\u2028"), line("\x85"), line("\x9b31m"), ""])
    expect([wrong, isOneLine(wrong)]).toEqual([wrong, false]);
});
