import { getPublicKey, hashes, sign, verify } from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { fromBase64, toBase64 } from "./base64";

// WebCrypto is missing from browsers on plain http.
hashes.sha512 = sha512;

/** A public key under the name that stands in its signatures, as C2SP signed-note defines it. */
export interface NoteKey {
  name: string;
  /** Four bytes, by which a signature names its key. */
  id: Uint8Array;
  publicKey: Uint8Array;
}

const ED25519 = 0x01;
/** But line feeds. DEL and those above are text, as canonical JSON has them. */
const CONTROL = /(?![\n\x7f-\x9f])\p{Cc}/u;
const SIGNATURE_LINE = /^— ([^\s+]+) (\S+)$/;

/** The key of a public half, named by its fingerprint. */
export function noteKey(publicKey: Uint8Array): NoteKey {
  return keyNamed(`latchkey-${fingerprintOf(publicKey).slice(0, 8)}`, publicKey);
}

/** SHA-256 of the public half in hex: what people compare. */
export const fingerprintOf = (publicKey: Uint8Array): string => bytesToHex(sha256(publicKey));

function keyNamed(name: string, publicKey: Uint8Array): NoteKey {
  const id = sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(ED25519), publicKey)).slice(0, 4);
  return { name, id, publicKey };
}

/** The key in one line, as verifiers are given it: `<name>+<id>+<base64 of algorithm and public half>`. */
export const vkeyOf = ({ name, id, publicKey }: NoteKey): string =>
  `${name}+${bytesToHex(id)}+${toBase64(concatBytes(Uint8Array.of(ED25519), publicKey))}`;

/** Throws an Error that says what is wrong with the line. */
export function parseVkey(vkey: string): NoteKey {
  const [, name = "", id, encoded = ""] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? [];
  if (!name) throw new Error("a key must look like <name>+<8 hex digits>+<base64>");
  const [algorithm, ...publicKey] = fromBase64(encoded);
  if (algorithm !== ED25519 || publicKey.length !== 32) throw new Error(`the key ${name} is not an Ed25519 key`);
  const key = keyNamed(name, Uint8Array.from(publicKey));
  if (bytesToHex(key.id) !== id) throw new Error(`the key ${name} does not have the id ${id}`);
  return key;
}

/** `seed`: 32 bytes, the private half of Ed25519 (RFC 8032). */
export const publicKeyOf = (seed: Uint8Array): Uint8Array => getPublicKey(seed);

/** Signs a text of whole lines, each ended by a newline, with the key of this seed. */
export function signNote(body: string, seed: Uint8Array): string {
  const { name, id } = noteKey(publicKeyOf(seed));
  return `${body}\n— ${name} ${toBase64(concatBytes(id, sign(utf8ToBytes(body), seed)))}\n`;
}

/**
 * The signed text and which of the trusted keys has signed it. Signatures of other keys count for nothing.
 * Throws an Error when the note is malformed, none of the keys has signed it, or a signature is wrong.
 */
export function openNote(note: string, trusted: readonly NoteKey[]): { body: string; signer: NoteKey } {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n"))
    throw new Error("not a signed note: it lacks the blank line before its signatures");
  if (CONTROL.test(note)) throw new Error("not a signed note: it holds control characters");
  const body = note.slice(0, end + 1);
  let signer: NoteKey | undefined;
  for (const line of note.slice(end + 2, -1).split("\n")) {
    const [, name, encoded = ""] = SIGNATURE_LINE.exec(line) ?? [];
    if (!name) throw new Error("not a signed note: a signature line is malformed");
    const signature = fromBase64(encoded);
    const key = trusted.find((each) => each.name === name && bytesToHex(each.id) === bytesToHex(signature.slice(0, 4)));
    if (!key) continue;
    if (!isSigned(body, signature.slice(4), key)) throw new Error(`the signature of ${name} does not match the text`);
    signer ??= key;
  }
  if (!signer) throw new Error("none of the trusted keys has signed it");
  return { body, signer };
}

function isSigned(body: string, signature: Uint8Array, { publicKey }: NoteKey): boolean {
  try {
    return verify(signature, utf8ToBytes(body), publicKey, { zip215: false });
  } catch {
    return false;
  }
}
