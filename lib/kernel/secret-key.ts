import "server-only";
import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Env, env } from "./env";

/**
 * A 32-byte key for one purpose, derived from the secret key of the deployment by HKDF-SHA256
 * (RFC 5869): what is signed for one purpose proves nothing for another.
 */
export function deriveKey(purpose: string, settings: KeySettings = env()): Buffer {
  const secret = secretKey(settings);
  const name = `${secret} ${purpose}`;
  const known = derived.get(name);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "", `latchkey ${purpose}`, 32));
  derived.set(name, key);
  return key;
}

const derived = new Map<string, Buffer>();

type KeySettings = Pick<Env, "dataDir" | "secretKey">;

const keys = new Map<string, string>();

/**
 * SECRET_KEY, or else the key of the data directory, made on first use. Throws when other accounts of
 * the machine can read that file.
 */
export function secretKey({ secretKey: given, dataDir }: KeySettings): string {
  if (given) return given;
  const file = fileIn(dataDir);
  const key = keys.get(file) ?? readKey(file) ?? makeKey(file);
  keys.set(file, key);
  return key;
}

const fileIn = (dataDir: string) => path.join(dataDir, "secret-key");

/** For what a key made now is of no use to. Throws an Error when there is none yet, and makes none. */
export function requireSecretKey({ secretKey: given, dataDir }: KeySettings): void {
  if (given || existsSync(fileIn(dataDir))) return;
  throw new Error(
    `There is no secret key, neither in SECRET_KEY nor as ${fileIn(dataDir)}. Give that of the deployment: set the one, ` +
      "or put its file secret-key there.",
  );
}

function readKey(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0) {
    throw new Error(`${file} can be read by other accounts of this machine. Run: chmod 600 ${file}`);
  }
  const key = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(key))
    throw new Error(`${file} holds no key. Restore it from a backup, or set SECRET_KEY.`);
  return key;
}

function makeKey(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  writeFileSync(draft, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600, flush: true });
  try {
    // A link appears whole and never replaces: of several processes the first one's key is everyone's.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return readKey(file) as string;
}
