import "server-only";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { onTestFinished } from "vitest";
import { db } from "@/lib/kernel/db";
import { CERTIFICATE } from "./certificate";
import type { TestOrganization } from "./organization";

interface Received {
  body: { stream: string; from: number; to: number; events: { n: number }[] };
  text: string;
  signature: string;
}

/** A receiver that answers what `status` says, and what it got. */
export async function receiver(status: () => number, isTls = false) {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += chunk));
    request.on("end", () => {
      const body = JSON.parse(text) as Received["body"];
      received.push({ body, text, signature: String(request.headers["latchkey-signature"]) });
      response.writeHead(status(), { location: "http://127.0.0.1:9/" }).end();
    });
  };
  const server = isTls ? createTlsServer(CERTIFICATE, listener) : createServer(listener);
  return { received, url: `http${isTls ? "s" : ""}://localhost:${await listen(server)}/in` };
}

/** Listens on a port of its own while the test runs. */
export async function listen(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Puts records with these numbers into the log of the organization, as sealing does. */
export async function sealRecords({ id: logId }: TestOrganization, from: number, to: number) {
  const numbers = Array.from({ length: to - from }, (_, i) => from + i);
  await db().auditLeaf.createMany({
    data: numbers.map((n) => ({ logId, seq: n, eventId: `15-${logId}-${n}`, record: `{"n":${n}}` })),
  });
  await db().auditLog.upsert({ where: { logId }, create: { logId, size: to }, update: { size: to } });
}
