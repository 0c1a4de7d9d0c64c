import "server-only";
import { hostname } from "node:os";
import { db } from "@/lib/kernel/db";
import type { Env } from "@/lib/kernel/env";
import { placeOf } from "@/lib/transport/destination";
import { post } from "@/lib/transport/post";
import { sendSyslog, SYSLOG_TLS_PORT } from "@/lib/transport/syslog";
import { appendNotes } from "./checkpoint-file";

/** A place outside the database that keeps what was signed: whoever rewrites the database cannot rewrite it too. */
export interface Sink {
  /** By which the database knows how far it was told. */
  name: string;
  write(notes: readonly string[]): Promise<void>;
}

/** How long a process may take to tell; after a failure nobody tries again before it. */
const LEASE_SECONDS = 10;
const TIMEOUT_MS = 5_000;
const AT_ONCE = 200;

/** The file first. */
export function configuredSinks({ file, url, syslog }: Env["checkpoints"]): [Sink, ...Sink[]] {
  // A path is another file on every machine.
  const sinks: [Sink, ...Sink[]] = [{ name: `file ${hostname()} ${file}`, write: (notes) => appendNotes(file, notes) }];
  if (url) sinks.push({ name: `url ${placeOf(url)}`, write: (notes) => postNotes(url, notes) });
  if (syslog) sinks.push({ name: `syslog ${syslog.host}`, write: (notes) => logNotes(syslog, notes) });
  return sinks;
}

async function postNotes(url: URL, notes: readonly string[]): Promise<void> {
  const headers = { "content-type": "text/plain; charset=utf-8" };
  const status = await post(url, { body: notes.map((note) => `${note}\n`).join(""), headers, timeoutMs: TIMEOUT_MS });
  if (status < 200 || status > 299) throw new Error(`${url.origin} answered ${status} to checkpoints.`);
}

/** As JSON in one line: receivers break messages at line ends. */
async function logNotes({ hostname: host, port }: URL, notes: readonly string[]): Promise<void> {
  const server = { host: host.replace(/^\[|\]$/g, ""), port: Number(port || SYSLOG_TLS_PORT) };
  const at = new Date();
  const messages = notes.map((checkpoint) => ({ at, id: "checkpoint", text: JSON.stringify({ checkpoint }) }));
  await sendSyslog(server, messages, TIMEOUT_MS);
}

/**
 * Tells a sink of the checkpoints it has not been told of, in the order in which they were signed. A crash in
 * the midst makes it hear some twice, and none never. Throws what the sink throws.
 */
export async function copyCheckpoints(sink: Sink): Promise<void> {
  await enroll(sink);
  for (;;) {
    const position = await claim(sink);
    if (position === undefined) return;
    const checkpoints = await db().auditCheckpoint.findMany({
      where: { position: { gt: position } },
      orderBy: { position: "asc" },
      take: AT_ONCE,
    });
    if (checkpoints.length > 0) await sink.write(checkpoints.map(({ note }) => note));
    await db().$executeRaw`
      update audit_sink set position = ${checkpoints.at(-1)?.position ?? position}, lease_ends_at = clock_timestamp()
      where name = ${sink.name}`;
  }
}

/** From where this process is to go on, or undefined: there is nothing new, or another process is at it. */
async function claim({ name }: Sink): Promise<bigint | undefined> {
  const [claimed] = await db().$queryRaw<{ position: bigint }[]>`
    update audit_sink set lease_ends_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    where name = ${name} and lease_ends_at <= clock_timestamp()
      and position < (select max(position) from audit_checkpoint)
    returning position`;
  return claimed?.position;
}

/** A sink that is new begins with the newest checkpoint of every log: each stands for all before it. */
async function enroll(sink: Sink): Promise<void> {
  if ((await db().auditSink.count({ where: { name: sink.name } })) > 0) return;
  const newest = await db().$queryRaw<{ note: string; position: bigint }[]>`
    select distinct on (log_id) note, position from audit_checkpoint order by log_id, epoch desc, size desc`;
  await sink.write(newest.map(({ note }) => note));
  const position = newest.reduce((last, each) => (each.position > last ? each.position : last), 0n);
  await db().auditSink.createMany({
    data: { name: sink.name, position, leaseEndsAt: new Date(0) },
    skipDuplicates: true,
  });
}
