import "server-only";
import { chmod, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { log } from "@/lib/kernel/log";
import type { Store } from "@/lib/store/open";
import type { KeySettings } from "./format";
import { type Written, writeBackup } from "./write";

const Request = z.object({ backup: z.string() });
const Answer = z.union([
  z.object({ written: z.object({ rows: z.number(), bytes: z.number() }) }),
  z.object({ error: z.string() }),
]);

const socketIn = (dataDir: string) => path.join(dataDir, "control.sock");

/**
 * Lets a command of the same account ask the process that holds the data directory for a backup: nobody else may
 * open the store meanwhile. What it answers ends that.
 */
export async function startControl(store: Store, settings: KeySettings): Promise<() => Promise<void>> {
  const file = socketIn(settings.dataDir);
  await rm(file, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => undefined);
    answer(socket, store, settings).catch((err: unknown) => log().warn({ err }, "a command could not be answered"));
  });
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(file, resolve));
    await chmod(file, 0o600);
  } catch (err) {
    log().warn({ err, file }, "no backup can be taken while the server runs: its socket cannot be made");
  }
  return () => new Promise((resolve) => void server.close(() => resolve()));
}

async function answer(socket: Socket, store: Store, settings: KeySettings): Promise<void> {
  const { backup } = Request.parse(JSON.parse(await received(socket)));
  const outcome = await writeBackup(store, backup, settings).then(
    (written) => ({ written }),
    (error: Error) => ({ error: error.message }),
  );
  log().info({ file: backup, ...outcome }, "a backup was asked for");
  socket.end(JSON.stringify(outcome));
}

/** All that is sent, without closing the side that is to answer. */
const received = (socket: Socket) =>
  new Promise<string>((resolve) => {
    let sent = "";
    socket.setEncoding("utf8");
    socket.on("data", (part: string) => (sent += part));
    socket.once("end", () => resolve(sent));
  });

/** Asks the process that holds the data directory; undefined when there is none. Throws what it answers. */
export async function askForBackup(dataDir: string, file: string): Promise<Written | undefined> {
  const socket = connect({ path: socketIn(dataDir), allowHalfOpen: true });
  try {
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  } catch (error) {
    if (["ENOENT", "ECONNREFUSED"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
  socket.end(JSON.stringify({ backup: file }));
  const said = await text(socket);
  if (said === "") throw new Error("The server ended before it answered. Is there a file whose name ends in .partial?");
  const answered = Answer.parse(JSON.parse(said));
  if ("error" in answered) throw new Error(answered.error);
  return answered.written;
}
