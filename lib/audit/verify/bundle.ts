import { type Checkpoint, parseCheckpoint, readOrigin } from "@/lib/audit/checkpoint";
import { type NoteKey, openNote } from "@/lib/audit/note";
import { textOf } from "./canonical";
import { type EventsRead, readEvents } from "./events";
import { Findings } from "./findings";
import { readKeys, trustedOf } from "./keys";
import { type Manifest, readManifest } from "./manifest";
import { rootOfMultiproof } from "./multiproof";
import { compareOutside, isSame, readOutside } from "./outside";
import { differencesOf, proofBytesAtMost, type ProofFile, readProofFile } from "./proof-file";
import { type BundleReport, reportOf } from "./report";
import type { Restored } from "./restored";
import { checkNames, checkSums, readFile, WRONG_SUM } from "./sums";
import type { BundleFiles } from "./zip";

export interface VerifyOptions {
  /** The keys that are trusted; without any, the bundle's own first one. */
  pinned?: readonly NoteKey[];
  /** Signed checkpoints that were kept outside the server. */
  outside?: readonly string[];
  /** The restores that are accepted: what they lost of earlier epochs is not compared. */
  restored?: readonly Restored[];
  /** The bundle is the newest there can be: an outside checkpoint of a longer log is a failure. */
  isNewest?: boolean;
  onProgress?: (events: number) => void | Promise<void>;
}

const SMALL_FILE_BYTES = 1 << 20;

/** Checks everything a bundle claims, and says what failed where. Never throws for what is in the bundle. */
export async function verifyBundle(files: BundleFiles, options: VerifyOptions = {}): Promise<BundleReport> {
  const findings = new Findings();
  const { pinned = [], outside, restored = [], isNewest } = options;
  checkNames(files.names, findings);
  if (findings.failures.length > 0) return reportOf(findings);

  const text = async (name: string) => textOf(await readFile(files, name, SMALL_FILE_BYTES));
  const keys = await findings.attemptLater("keys", async () => readKeys(await text("keys")));
  const trusted = trustedOf(keys ?? [], pinned);
  const note = await findings.attemptLater("manifest", async () => openNote(await text("manifest"), trusted));
  const manifest = note && findings.attempt("manifest", () => readManifest(note.body));
  if (!note || !manifest) return reportOf(findings);
  if (pinned.length === 0) {
    findings.warnings.push("No key was given that you trust: compare the fingerprint with the one you know.");
  }

  if (manifest.from > 0) {
    findings.warnings.push(
      `The events before ${manifest.from} are not in this bundle, but in archives or other bundles: verify those, too.`,
    );
  }

  const sound = await checkSums(files, manifest, findings);
  const signed = await findings.attemptLater("checkpoint", async () => {
    const signedText = await text("checkpoint");
    return { note: signedText, checkpoint: parseCheckpoint(openNote(signedText, trusted).body) };
  });
  const checkpoint = signed?.checkpoint;
  if (checkpoint && (checkpoint.origin !== manifest.origin || checkpoint.size !== manifest.size)) {
    findings.fail("checkpoint", "is of another log or size than the manifest says");
  }
  const proof = sound.has("proof.json")
    ? await findings.attemptLater("proof.json", async () =>
        readProofFile(await readFile(files, "proof.json", proofBytesAtMost(manifest))),
      )
    : undefined;
  for (const difference of proof ? differencesOf(proof, manifest) : []) findings.fail("proof.json", difference);
  const { origin } = manifest;
  const known = outside && readOutside(outside, { origin, trusted, restored }, findings);
  if (!outside && readOrigin(origin)?.epoch !== 1) {
    findings.warnings.push(
      "The log was restored: only checkpoints from outside tell whether it begins as it did before.",
    );
  }

  const events = proof && (await checkEvents(files, manifest, proof, known ?? [], options, findings));
  if (checkpoint && proof && events) checkRoot(checkpoint, proof, events, findings);
  let compared = 0;
  if (checkpoint && known) {
    const { size, root } = checkpoint;
    const rootAt = (at: number) => (at === size ? root : events?.roots.get(at));
    compared = compareOutside(known, { origin, size, rootAt, isNewest }, findings);
  }
  return reportOf(findings, manifest, note.signer, signed, compared);
}

/** The events, when there is nothing wrong with them themselves. */
async function checkEvents(
  files: BundleFiles,
  manifest: Manifest,
  { ranges }: ProofFile,
  known: readonly Checkpoint[],
  { onProgress }: VerifyOptions,
  findings: Findings,
): Promise<EventsRead | undefined> {
  const before = findings.failures.length;
  const hasBeginning = manifest.isComplete && manifest.from === 0;
  const sizes = new Set(hasBeginning ? known.map(({ size }) => size) : []);
  const { origin } = manifest;
  const events = await findings.attemptLater("events.jsonl", () =>
    readEvents(files.chunks("events.jsonl"), { origin, ranges, count: manifest.events, sizes, onProgress }, findings),
  );
  if (!events) return undefined;
  const { sum, leaves } = events;
  if (sum !== manifest.sums.get("events.jsonl")) findings.fail("events.jsonl", WRONG_SUM);
  if (leaves.length !== manifest.events) {
    findings.fail("events.jsonl", `has ${leaves.length} events where the manifest says ${manifest.events}`);
  }
  return findings.failures.length === before ? events : undefined;
}

function checkRoot(checkpoint: Checkpoint, proof: ProofFile, { leaves }: EventsRead, findings: Findings): void {
  const root = findings.attempt("proof.json", () =>
    rootOfMultiproof(proof.size, proof.ranges, leaves.at, proof.hashes),
  );
  if (root && !isSame(root, checkpoint.root)) {
    findings.fail("events.jsonl", "its events are not those of the checkpoint: the root differs");
  }
}
