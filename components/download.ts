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

interface StreamOptions {
  signal: AbortSignal;
  /** `total` when the server has said how many records are to come. */
  onProgress: (progress: { records: number; total?: number }) => void;
}

/** So much at a time is handed to the browser, which keeps it outside of the page's memory. */
const KEPT_IN_PAGE = 8 * 1024 * 1024;
const LINE_BREAK = 10;

/** Saves what an address sends, one record per line, under the name it gives. Throws `ApiError` when it refuses. */
export async function saveStream(path: string, { signal, onProgress }: StreamOptions): Promise<void> {
  const response = await fetch(path, { signal, cache: "no-store" });
  if (!response.ok || !response.body) throw await apiErrorOf(response);
  const said = response.headers.get("x-total-records");
  const total = said === null ? undefined : Number(said);
  const type = response.headers.get("content-type") ?? "text/plain";
  const parts: Blob[] = [];
  let [kept, bytes, records]: [Uint8Array<ArrayBuffer>[], number, number] = [[], 0, 0];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (value) {
      kept.push(value);
      bytes += value.length;
      for (let at = value.indexOf(LINE_BREAK); at >= 0; at = value.indexOf(LINE_BREAK, at + 1)) records += 1;
    }
    if (done || bytes > KEPT_IN_PAGE) {
      parts.push(new Blob(kept));
      [kept, bytes] = [[], 0];
      onProgress({ records, total });
    }
    if (done) break;
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "download";
  saveBlob(name, new Blob(parts, { type }));
}
