/** What whoever opens a bundle reads first. */
export const README = `This is a bundle of events of a Latchkey audit trail, with what proves them.

  events.jsonl   the events, one canonical JSON text (RFC 8785) in each line, in the order of the log
  checkpoint     what the server signed of the log: its name, how many events it has, the root of their Merkle tree
  proof.json     which places of the log the events have, and the hashes of everything else (RFC 9162)
  keys           the public keys of the log, each later one endorsed by the one before it
  manifest       what this bundle contains and whether it is complete, signed, with the SHA-256 sum of each file
  verify.py      a verifier; it needs Python 3.9 or newer and nothing else

To verify it:

  python3 verify.py <this file>.zip --key <key> --checkpoints <file>

--key takes the key as the console shows it under Audit trail > Integrity, which you noted down before: without
it the bundle vouches for itself. --checkpoints takes the file of checkpoints that was kept outside the server:
without it nothing tells that the end of the log is missing, or that all of it was rewritten. When the log was restored
from a backup, --restored <epoch>:<size> says so, with the value that the restore printed. Take verify.py from where you trust it, too: whoever
could change the bundle could change the script in it.

To verify one event by hand: the hash of its leaf is SHA-256 of a zero byte and its line without the line end.
`;
