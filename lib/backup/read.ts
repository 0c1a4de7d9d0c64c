import "server-only";
import { requireFile } from "@/lib/kernel/file-errors";
import { requireSecretKey } from "@/lib/kernel/secret-key";
import { fingerprintOf, FORMAT, type Header, type KeySettings, linesOf, Seal, type Summary } from "./format";

/** Some tens of thousands of organizations. Longer is what nobody has checked the sums of yet, and is not parsed. */
const HEADER_AT_MOST = 16 * 1024 * 1024;
const NOT_OURS = "This is no backup of Latchkey.";

export interface Checked {
  header: Header;
  summary: Summary;
}

/**
 * Reads a whole backup and answers what frames its rows. Throws an Error that says why it cannot be restored: it was
 * altered, cut off, or taken under another secret key. It makes no key where there is none.
 */
export async function checkBackup(file: string, settings: KeySettings): Promise<Checked> {
  await requireFile(file);
  requireSecretKey(settings);
  let header: Header | undefined;
  const seal = new Seal(settings);
  // The last line stands over all others; the one before it is the summary.
  let [before, last] = [Buffer.alloc(0), Buffer.alloc(0)];
  for await (const line of linesOf(file)) {
    if (last.length > 0) {
      header ??= headerIn(last, settings);
      seal.add(last);
    }
    [before, last] = [last, Buffer.from(line)];
  }
  if (!header) throw new Error(NOT_OURS);
  if (last.toString("latin1") !== seal.close()) {
    throw new Error("The backup is damaged, incomplete, or was made by somebody else: its sums do not match.");
  }
  return { header, summary: JSON.parse(before.toString("utf8")) as Summary };
}

function headerIn(line: Buffer, settings: KeySettings): Header {
  if (line.length > HEADER_AT_MOST) throw new Error(NOT_OURS);
  let header: Partial<Header>;
  try {
    header = JSON.parse(line.toString("utf8")) as Partial<Header>;
  } catch (cause) {
    throw new Error(NOT_OURS, { cause });
  }
  if (header?.format !== FORMAT) throw new Error(NOT_OURS);
  if (header.keyFingerprint !== fingerprintOf(settings)) {
    throw new Error(
      "This backup was taken under another secret key, or is damaged. Set SECRET_KEY to the key of that deployment, " +
        "or put its file secret-key into DATA_DIR: without it second factors and signatures are lost.",
    );
  }
  return header as Header;
}
