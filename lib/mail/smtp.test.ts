import { createServer, type Socket } from "node:net";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { sendBySmtp } from "./smtp";

interface Received {
  commands: string[];
  data: string;
}

let close: (() => void) | undefined;
afterEach(() => close?.());

/** As much of RFC 5321 as taking one mail needs; each answer can be another one. */
async function smtpServer(answers: Partial<Record<"RCPT" | "greeting", string>> = {}) {
  const received: Received = { commands: [], data: "" };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let isData = false;
    let rest = "";
    const say = (line: string) => void (line && socket.write(`${line}\r\n`));
    say(answers.greeting ?? "220 mail.example.com");
    socket.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (isData && line !== ".") received.data += `${line}\n`;
        else if (isData) {
          isData = false;
          say("250 taken");
        } else {
          received.commands.push(line);
          const verb = line.slice(0, 4).toUpperCase();
          if (verb === "STAR") {
            say("502 not here");
            continue;
          }
          isData = verb === "DATA";
          say(
            isData
              ? "354 go on"
              : verb === "RCPT"
                ? (answers.RCPT ?? "250 ok")
                : verb === "QUIT"
                  ? "221 bye"
                  : "250 ok",
          );
        }
      }
    });
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  const { port } = server.address() as { port: number };
  return { url: new URL(`smtp://127.0.0.1:${port}`), received };
}

const FROM = "Latchkey <keys@example.com>";
const MAIL = { organizationId: "60-1", to: "lena@example.com", subject: "You are invited", text: "Zeile mit ü\n" };

test("a mail reaches the server from the address of the settings, to one person", async () => {
  const { url, received } = await smtpServer();
  await sendBySmtp(url, FROM, MAIL);
  expect(received.commands.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([
    "MAIL FROM:<keys@example.com>",
    "RCPT TO:<lena@example.com>",
  ]);
  expect(received.data).toContain("To: lena@example.com");
  expect(received.data).toContain("Subject: You are invited");
  expect(received.data).toContain("Zeile mit =C3=BC");
});

test("no subject and no address begins another line of the head or names another person", async () => {
  const { url, received } = await smtpServer();
  await sendBySmtp(url, FROM, { ...MAIL, subject: "Hello\r\nBcc: eve@example.com\u2028X-Evil: 1" });
  expect(received.data).not.toMatch(/^(Bcc|X-Evil):/m);
  await sendBySmtp(url, FROM, { ...MAIL, to: "lena@example.com\r\nRCPT TO:<eve@example.com>" }).catch(() => undefined);
  await sendBySmtp(url, FROM, { ...MAIL, to: "lena@example.com, eve@example.com" }).catch(() => undefined);
  expect(received.commands.filter((line) => line === "RCPT TO:<eve@example.com>")).toEqual([]);
});

test("another machine gets no mail in the clear", async () => {
  const { url, received } = await smtpServer();
  // This machine under a name that is not its own.
  url.hostname = "0.0.0.0";
  await expect(sendBySmtp(url, FROM, MAIL)).rejects.toMatchObject({ code: "ETLS" });
  expect(received.commands.filter((line) => /^(MAIL|RCPT|DATA)/.test(line))).toEqual([]);
  expect(received.data).toBe("");
  url.hostname = "localhost";
  await sendBySmtp(url, FROM, MAIL);
  expect(received.data).toContain("To: lena@example.com");
});

test("a server that refuses the address, greets nobody or is not there is an error in time", async () => {
  const refusing = await smtpServer({ RCPT: "550 unknown here" });
  await expect(sendBySmtp(refusing.url, FROM, MAIL)).rejects.toMatchObject({ code: "EENVELOPE" });
  close?.();
  const silent = await smtpServer({ greeting: "" });
  await expect(sendBySmtp(silent.url, FROM, MAIL, 300)).rejects.toMatchObject({ code: "ETIMEDOUT" });
  close?.();
  await expect(sendBySmtp(silent.url, FROM, MAIL)).rejects.toMatchObject({ code: "ESOCKET" });
});
