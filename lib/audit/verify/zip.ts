import { BlobReader, type FileEntry, ZipReader } from "@zip.js/zip.js/index-native.js";

/** The files of a bundle. */
export interface BundleFiles {
  names: readonly string[];
  /** The contents of a file that is there, piece by piece. Throws when they are damaged. */
  chunks: (name: string) => AsyncIterable<Uint8Array>;
}

/** Opens a zip. Throws an Error when it is none, or when it could be read in two ways. */
export async function openBundle(zip: Blob): Promise<BundleFiles> {
  // Whoever verifies is in a worker already, and pages run no script of a blob.
  const options = { strictness: "strict", checkSignature: true, useWebWorkers: false } as const;
  const reader = new ZipReader(new BlobReader(zip), options);
  const entries = await reader.getEntries();
  const files = new Map(entries.map((entry) => [entry.filename, entry]));
  return {
    names: entries.map(({ filename }) => filename),
    chunks: (name) => chunksOf(files.get(name) as FileEntry),
  };
}

async function* chunksOf(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const written = entry.getData(writable);
  // It is awaited below; a failure before that must not pass for one that nobody handles.
  written.catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
    await written;
  } finally {
    // Who stops reading needs no more of it.
    await reader.cancel().catch(() => undefined);
  }
}
