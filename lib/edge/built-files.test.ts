import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withBuiltFiles } from "./built-files";

const root = mkdtempSync(join(tmpdir(), "built-files-"));
mkdirSync(join(root, "chunks"));
writeFileSync(join(root, "chunks/a.js.br"), brotliCompressSync("let a = 1;"));
writeFileSync(join(root, "chunks/b.css"), "p {}");

const server = createServer(
  withBuiltFiles((_request, response) => Promise.resolve(void response.end("from Next")), root) as never,
);
let origin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const get = (path: string, encoding: string, method = "GET") =>
  fetch(origin + path, { method, headers: { "accept-encoding": encoding } });

describe("files of the build", () => {
  test("a script leaves as the build compressed it, for good, and kept apart from other encodings", async () => {
    const answer = await get("/_next/static/chunks/a.js?v=1", "gzip, deflate, br, zstd");
    expect(await answer.text()).toBe("let a = 1;");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-encoding": "br",
      "content-type": "application/javascript; charset=UTF-8",
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
  });

  test.each(["gzip", "", "br;q=0", "br;q=0.000, gzip", "brotli"])(
    "who sends “%s” gets it from Next",
    async (encoding) => {
      expect(await (await get("/_next/static/chunks/a.js", encoding)).text()).toBe("from Next");
    },
  );

  test("a weight above nought takes it", async () => {
    expect(await (await get("/_next/static/chunks/a.js", "gzip;q=0.9, br;q=0.1")).text()).toBe("let a = 1;");
  });

  test.each(["/_next/static/chunks/b.css", "/_next/static/chunks/../chunks/a.js.br", "/chunks/a.js", "/"])(
    "%s, which has no copy, goes to Next",
    async (path) => {
      expect(await (await get(path, "br")).text()).toBe("from Next");
    },
  );

  test("another method goes to Next, and HEAD is answered without a body", async () => {
    expect(await (await get("/_next/static/chunks/a.js", "br", "POST")).text()).toBe("from Next");
    const head = await get("/_next/static/chunks/a.js", "br", "HEAD");
    expect([head.headers.get("content-encoding"), await head.text()]).toEqual(["br", ""]);
  });
});
