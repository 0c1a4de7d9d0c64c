import { apiErrorOf } from "@/lib/http/client";

/** Hands text to the person as a file, from memory: nothing is asked of the server. */
export function downloadText(fileName: string, text: string): void {
  saveBlob(fileName, new Blob([`${text}\n`], { type: "text/plain" }));
}

function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

/** How much has come. The records of text are counted, with a `total` when the server has said how many are to come. */
export interface Saved {
  bytes: number;
  records?: number;
  total?: number;
}

interface StreamOptions {
  signal: AbortSignal;
  onProgress: (saved: Saved) => void;
}

/** So much at a time is handed to the browser, which keeps it outside of the page's memory. */
const KEPT_IN_PAGE = 8 * 1024 * 1024;
const LINE_BREAK = 10;

/** Saves what an address sends under the name it gives; of text, each line is a record. Throws `ApiError` when it refuses. */
export async function saveStream(path: string, { signal, onProgress }: StreamOptions): Promise<void> {
  const response = await fetch(path, { signal, cache: "no-store" });
  if (!response.ok || !response.body) throw await apiErrorOf(response);
  const said = response.headers.get("x-total-records");
  const total = said === null ? undefined : Number(said);
  const type = response.headers.get("content-type") ?? "text/plain";
  const isText = !type.startsWith("application/zip");
  const parts: Blob[] = [];
  let [kept, keptBytes, bytes, records]: [Uint8Array<ArrayBuffer>[], number, number, number] = [[], 0, 0, 0];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (value) {
      kept.push(value);
      keptBytes += value.length;
      if (isText) records += lineBreaksIn(value);
    }
    if (done || keptBytes > KEPT_IN_PAGE) {
      parts.push(new Blob(kept));
      bytes += keptBytes;
      [kept, keptBytes] = [[], 0];
    }
    onProgress({ bytes: bytes + keptBytes, ...(isText && { records, total }) });
    if (done) break;
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "download";
  saveBlob(name, new Blob(parts, { type }));
}

function lineBreaksIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) count += 1;
  return count;
}
