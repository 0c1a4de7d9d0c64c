import "server-only";
import { hostname } from "node:os";
import type { LookupFunction } from "node:net";
import { connect } from "node:tls";

/** One message of RFC 5424. */
export interface SyslogMessage {
  at: Date;
  /** Which kind of message it is, for filters of the receiver: printable, without spaces. */
  id: string;
  text: string;
}

export interface SyslogServer {
  host: string;
  port: number;
  /** Certificates to trust in the place of those that Node trusts. */
  ca?: string;
  /** Decides what addresses may be connected to. */
  lookup?: LookupFunction;
}

/** The port that RFC 5425 gives syslog over TLS. */
export const SYSLOG_TLS_PORT = 6514;

// Facility 13 is the log audit; severity 5 a normal but significant condition.
const PRIORITY = 13 * 8 + 5;
const CLOSING_MS = 500;

/** A message in the form of RFC 5424. */
export function formatSyslog({ at, id, text }: SyslogMessage): string {
  const host =
    hostname()
      .replace(/[^\x21-\x7e]/g, "")
      .slice(0, 255) || "-";
  return `<${PRIORITY}>1 ${at.toISOString()} ${host} latchkey ${process.pid} ${id} - \ufeff${text}`;
}

/**
 * Hands messages to a syslog server over TLS, each after its length (RFC 5425). The protocol has no answers:
 * what arrives is what the connection took. Throws when it fails or takes longer.
 */
export function sendSyslog(server: SyslogServer, messages: readonly SyslogMessage[], timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const frames = messages.map((message) => {
      const frame = Buffer.from(formatSyslog(message));
      return Buffer.concat([Buffer.from(`${frame.length} `), frame]);
    });
    const socket = connect({ ...server, servername: server.host });
    const timer = setTimeout(() => {
      socket.destroy(new Error(`The syslog server ${server.host} did not take it within ${timeoutMs} ms.`));
    }, timeoutMs);
    // A server that keeps its side open has taken what was written all the same.
    socket.once("finish", () => setTimeout(() => socket.destroy(), CLOSING_MS).unref());
    socket.once("error", reject);
    socket.once("close", () => {
      clearTimeout(timer);
      if (socket.writableFinished) resolve();
      else reject(new Error(`The syslog server ${server.host} closed the connection before it had taken everything.`));
    });
    socket.once("secureConnect", () => socket.end(Buffer.concat(frames)));
  });
}
