import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json, text } from "node:stream/consumers";
import pg from "pg";
import { digestOf } from "@/lib/kernel/secrets";

// The reference of what is cold: a prepared look-up by digest, and nothing that decides. POST looks up the token of a
// form; PUT as many tokens as it is given without any HTTP between them, and answers how many were found per second.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

const BY_DIGEST = `
  select c.*, v.number, v.ends_at from credential_version v join credential c on c.id = v.credential_id
  where v.digest = $1`;

async function lookUp(token: string): Promise<void> {
  const values = [Buffer.from(digestOf(token))];
  const { rows } = await pool.query({ name: "by-digest", text: BY_DIGEST, values });
  if (rows.length !== 1) throw new Error("A credential of the population was not found.");
}

async function lookUpAll({ tokens, parallel }: { tokens: string[]; parallel: number }): Promise<number> {
  const began = performance.now();
  let next = 0;
  const work = async () => {
    for (let token = tokens[next++]; token; token = tokens[next++]) await lookUp(token);
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return (tokens.length / (performance.now() - began)) * 1000;
}

const ACTIVE = JSON.stringify({ active: true });

const server = createServer((request, response) => void answer(request, response));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "PUT") {
    response.end(JSON.stringify(await lookUpAll((await json(request)) as Parameters<typeof lookUpAll>[0])));
    return;
  }
  await lookUp(new URLSearchParams(await text(request)).get("token") ?? "");
  response.writeHead(200, { "content-type": "application/json" }).end(ACTIVE);
}

server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
