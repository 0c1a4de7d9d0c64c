import "server-only";
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/kernel/env";
import { makeBundle } from "./bundle/make";
import type { Range } from "./merkle";
import { parseVkey } from "./note";
import { listKeys } from "./signing-key";
import { verifyBundle } from "./verify/bundle";
import { openBundle } from "./verify/zip";

/** The directory of the archives of this process. */
export const archivesDirectory = () => path.join(env().dataDir, "archives");

/**
 * Writes a bundle of these events to a file for this account alone, and verifies what is on the disk. Throws an
 * Error, and leaves no file, when it does not hold.
 */
export async function writeArchive(logId: string, [from, to]: Range): Promise<{ file: string; sha256: Buffer }> {
  const directory = archivesDirectory();
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = path.join(directory, `${logId}-${from}-${to}.${process.pid}.part`);
  try {
    const sha256 = await writeBundleTo(draft, logId, [from, to]);
    await requireVerified(draft, [from, to]);
    const file = `${logId}-${from}-${to}-${sha256.toString("hex").slice(0, 8)}.zip`;
    await rename(draft, path.join(directory, file));
    await flush(directory);
    return { file, sha256 };
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeBundleTo(draft: string, logId: string, [from, to]: Range): Promise<Buffer> {
  const sha256 = createHash("sha256");
  const handle = await open(draft, "w", 0o600);
  try {
    const reader = (await makeBundle(logId, { from, to })).stream().getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      sha256.update(part.value);
      await handle.appendFile(part.value);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return sha256.digest();
}

async function requireVerified(draft: string, [from, to]: Range): Promise<void> {
  const pinned = (await listKeys()).map(({ vkey }) => parseVkey(vkey));
  const { isVerified, failures, manifest } = await verifyBundle(await openBundle(await openAsBlob(draft)), { pinned });
  if (isVerified && manifest?.isComplete && manifest.from === from && manifest.to === to) return;
  const [first] = failures;
  throw new Error(
    `An archive did not verify, so nothing was deleted: ${first?.file ?? "manifest"} ${first?.reason ?? ""}`,
  );
}

/** A new name is on the disk when its directory is. */
async function flush(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  await handle.sync().finally(() => handle.close());
}
