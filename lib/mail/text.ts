import "server-only";

/** What is told to one person. */
export interface Mail {
  /** Whose person it goes to: nobody else's outbox shows it. */
  organizationId: string;
  to: string;
  subject: string;
  text: string;
}

/** A line of a mail's head: a name somebody chose must not begin another one. */
export const oneLine = (value: string) => value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

/** A mail as a file that any mail program opens. */
export function toFile({ organizationId, to, subject, text }: Mail, at: Date, from: string): string {
  const head = {
    Date: at.toUTCString().replace("GMT", "+0000"),
    From: from,
    To: to,
    Subject: subject,
    "X-Organization": organizationId,
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${oneLine(value)}`);
  return `${lines.join("\n")}\n\n${text}`;
}

export function fromFile(content: string): Mail & { sentAt: string } {
  const end = content.indexOf("\n\n");
  const head = new Map(
    content
      .slice(0, end)
      .split("\n")
      .map((line) => line.split(/: (.*)/s, 2) as [string, string]),
  );
  const read = (name: string) => head.get(name) ?? "";
  return {
    organizationId: read("X-Organization"),
    to: read("To"),
    subject: read("Subject"),
    sentAt: new Date(read("Date")).toISOString(),
    text: content.slice(end + 2),
  };
}
