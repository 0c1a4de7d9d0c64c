import "server-only";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import path from "node:path";

/**
 * Appends notes to a file of this account alone, each followed by a blank line, and waits until they are on
 * the disk. What a crash left half-written is ended first, so that it damages no note but itself.
 */
export async function appendNotes(file: string, notes: readonly string[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "a+", 0o600);
  try {
    const begin = (await endsCleanly(handle)) ? "" : "\n\n";
    await handle.appendFile(begin + notes.map((note) => `${note}\n`).join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function endsCleanly(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return true;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, Math.max(size - 2, 0));
  return bytesRead === 2 && buffer.toString() === "\n\n";
}
