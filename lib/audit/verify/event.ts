import { type Checkpoint, parseCheckpoint } from "@/lib/audit/checkpoint";
import { fromBase64 } from "@/lib/audit/base64";
import { type Hash, hashLeaf, hashNode, splitOf } from "@/lib/audit/merkle";
import { type NoteKey, openNote } from "@/lib/audit/note";
import { isSame } from "./outside";

/** What a server says to prove that one event is in its log. */
export interface EventProof {
  /** The canonical text that was hashed. */
  record: string;
  seq: number;
  /** The inclusion proof (RFC 9162, 2.1.3.1), the lowest hash first, in base64. */
  hashes: readonly string[];
  /** The signed checkpoint that it leads to. */
  checkpoint: string;
}

/** The checkpoint that proves the event. Throws an Error that says why it does not. */
export function verifyEvent({ record, seq, hashes, checkpoint }: EventProof, trusted: readonly NoteKey[]): Checkpoint {
  const stated = parseCheckpoint(openNote(checkpoint, trusted).body);
  if (!(seq >= 0 && seq < stated.size)) throw new Error("The checkpoint is older than the event.");
  const root = rootOfInclusion(hashLeaf(record), seq, stated.size, hashes.map(fromBase64));
  if (!isSame(root, stated.root)) throw new Error("The event is not in the log that was signed.");
  return stated;
}

/** The root that a leaf and its inclusion proof give. Throws an Error when the proof has not the length it must have. */
function rootOfInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[]): Hash {
  const rest = [...proof];
  const climb = (lo: number, hi: number): Hash => {
    if (hi - lo === 1) return leaf;
    const middle = lo + splitOf(hi - lo);
    if (index < middle) return hashNode(climb(lo, middle), next(rest));
    const right = climb(middle, hi);
    return hashNode(next(rest), right);
  };
  const root = climb(0, size);
  if (rest.length > 0) throw new Error("The proof is longer than it must be.");
  return root;
}

/**
 * Throws an Error unless the log of the new checkpoint begins with all of the old one's (RFC 9162, 2.1.4.2).
 * `proof` is empty when nothing was added.
 */
export function requireConsistency(before: Checkpoint, after: Checkpoint, proof: readonly Hash[]): void {
  if (before.origin !== after.origin) throw new Error("The checkpoints are of different logs.");
  if (before.size > after.size) throw new Error("The log is shorter than it was: its end is missing.");
  if (before.size === 0) return;
  const rest = [...proof];
  /** The hashes of the subtree in the old and in the new tree. */
  const climb = (lo: number, hi: number, isOldRoot: boolean): [old: Hash, now: Hash] => {
    if (hi === before.size) {
      const hash = isOldRoot ? before.root : next(rest);
      return [hash, hash];
    }
    const middle = lo + splitOf(hi - lo);
    if (before.size <= middle) {
      const [old, now] = climb(lo, middle, isOldRoot);
      return [old, hashNode(now, next(rest))];
    }
    const [old, now] = climb(middle, hi, false);
    const left = next(rest);
    return [hashNode(left, old), hashNode(left, now)];
  };
  const [old, now] = climb(0, after.size, true);
  if (!isSame(old, before.root) || !isSame(now, after.root) || rest.length > 0) {
    throw new Error("The log does not begin with what was signed before: it was rewritten.");
  }
}

function next(proof: Hash[]): Hash {
  const hash = proof.shift();
  if (!hash) throw new Error("The proof is shorter than it must be.");
  return hash;
}
