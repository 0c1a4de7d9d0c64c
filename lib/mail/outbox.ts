import "server-only";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/kernel/env";
import { randomText } from "@/lib/kernel/random";
import { fromFile, type Mail, toFile } from "./text";

const KEPT = 200;

const directory = () => path.join(env().dataDir, "outbox");

/** Puts the mail where whoever runs this server finds it, and answers its file's name. The newest stay. */
export async function putInOutbox(mail: Mail, from: string): Promise<string> {
  const now = new Date();
  const what = mail.subject.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = `${now.toISOString().replace(/[:.]/g, "-")}-${what.slice(0, 40)}-${randomText("bcdfghjk", 6)}.eml`;
  await mkdir(directory(), { recursive: true, mode: 0o700 });
  await writeFile(path.join(directory(), name), toFile(mail, now, from), { mode: 0o600, flag: "wx" });
  const old = (await namesInOutbox()).slice(KEPT);
  await Promise.all(old.map((each) => rm(path.join(directory(), each), { force: true })));
  return name;
}

/** The mails of one organization, the newest first. */
export async function readOutbox(organizationId: string): Promise<ReturnType<typeof fromFile>[]> {
  const names = await namesInOutbox();
  const contents = await Promise.all(names.map((name) => readFile(path.join(directory(), name), "utf8").catch(gone)));
  return contents.flatMap((content) => (content ? [fromFile(content)] : [])).filter(isOf(organizationId));
}

const isOf = (organizationId: string) => (mail: Mail) => mail.organizationId === organizationId;

async function namesInOutbox(): Promise<string[]> {
  const names = await readdir(directory()).catch(gone);
  return (names ?? [])
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .reverse();
}

/** Nothing has been put there yet, or another process has just cleared it away. */
function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
