import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { lockDataDirectory } from "@/lib/store/data-directory-lock";
import { buildProgram, startProgram } from "@/lib/testing/program";

let program: string;

beforeAll(async () => {
  program = await buildProgram("hold-data-directory");
});

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "latchkey-lock-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

test("of ten processes that start together one gets the directory, and the next one as soon as it is killed", async () => {
  const directory = await emptyDirectory();
  for (let round = 0; round < 2; round++) {
    const processes = Array.from({ length: 10 }, () => startProgram(program, directory));
    await Promise.all(processes.map((child) => child.nextLine()));
    for (const child of processes) child.tell("go");
    const answers = await Promise.all(processes.map((child) => child.nextLine()));
    const winner = processes[answers.indexOf("held")];
    expect(answers.filter((answer) => answer === "held")).toHaveLength(1);
    for (const answer of answers.filter((answer) => answer !== "held")) {
      expect(answer).toBe(
        `refused: The data directory ${directory} is in use by process ${winner?.pid}. ` +
          "Stop that process, or set DATA_DIR to another directory.",
      );
    }
    await Promise.all(processes.map((child) => child.kill()));
  }
}, 60_000);

test("a released directory is free at once, also for the same process", async () => {
  const directory = await emptyDirectory();
  const first = await lockDataDirectory(directory);
  await expect(lockDataDirectory(directory)).rejects.toThrow(`in use by process ${process.pid}`);
  await first.release();
  const second = await lockDataDirectory(directory);
  await second.release();
});

test("a process that got the id of a dead holder does not keep the directory", async () => {
  const directory = await emptyDirectory();
  const lock = await lockDataDirectory(directory);
  const file = path.join(directory, "lock.1");
  const holder = JSON.parse(await readFile(file, "utf8")) as object;
  await lock.release();
  await writeFile(file, JSON.stringify({ ...holder, started: "1" }));
  await (await lockDataDirectory(directory)).release();
});

test("a holder on another host keeps the directory while its heartbeat goes on and loses it 15 seconds after", async () => {
  const directory = await emptyDirectory();
  const file = path.join(directory, "lock.1");
  await writeFile(file, JSON.stringify({ pid: 1, host: "elsewhere", place: "elsewhere", started: "1" }));
  const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);
  await utimes(file, secondsAgo(10), secondsAgo(10));
  const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()), 500);
  await expect(lockDataDirectory(directory)).rejects.toThrow("in use by process 1 on elsewhere");
  clearInterval(heartbeat);
  await utimes(file, secondsAgo(15.1), secondsAgo(15.1));
  await (await lockDataDirectory(directory)).release();
});

test("a holder that died before it wrote its name does not keep the directory", async () => {
  const directory = await emptyDirectory();
  await writeFile(path.join(directory, "lock.3"), "");
  await (await lockDataDirectory(directory)).release();
});
