#!/usr/bin/env python3
"""Verifies audit bundles of Latchkey, with nothing but the standard library of Python 3.9 or newer.

It shares no code with Latchkey's own verifier, so that a mistake in one is found by the other.

A bundle is believed when
  * its manifest and its checkpoint are signed by a key you trust (--key), or one that such a key has endorsed;
  * every file has the SHA-256 sum that the manifest names, and no file is there that it does not name;
  * every event is canonical JSON (RFC 8785), belongs to the log, and stands at the place that proof.json says;
  * the events and the hashes of proof.json give the root of the checkpoint's Merkle tree (RFC 9162);
  * no checkpoint that was kept outside the server (--checkpoints) contradicts it, whatever the epoch it is of; but for
    those of what a restore from a backup has lost, where you accept that restore (--restored).
The exit code is 0 only when all of it holds for every bundle, 1 when something does not, 2 for a wrong command line.
"""

import argparse
import base64
import hashlib
import itertools
import json
import re
import sys
import zipfile
from decimal import Decimal
from typing import NamedTuple

REQUIRED = ("events.jsonl", "checkpoint", "proof.json", "keys")
SMALL_FILE_BYTES = 1 << 20
SAFE_INTEGER = 2**53
SHOWN_FAILURES = 20
# Whoever forges a bundle could have it fail a billion times, in the memory of whoever verifies it.
KEPT_FAILURES = 1000
LINE_BYTES = 1 << 22
FILES_AT_MOST = 100


class Fault(Exception):
    """Why something is not believed."""


def quoted(text):
    """What is from a bundle could look like words of the verifier: in quotes, unless nothing about it is unusual."""
    return text if re.fullmatch(r"[A-Za-z0-9_./+=:-]+", text) else repr(text)


def printable(line):
    """One line, whatever is in it: no character of it moves a cursor, clears a screen or turns the text around."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)


# ---- Ed25519 (RFC 8032, section 5.1), verification only --------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(one, two):
    """Adds points in extended coordinates (X, Y, Z, T)."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    product = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            product = add(product, point)
        point = add(point, point)
        scalar >>= 1
    return product


def decompress(encoded):
    """The point of 32 bytes; None when they are not the one encoding of a point."""
    y = int.from_bytes(encoded, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= P:
        return None
    x_squared = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x_squared, (P + 3) // 8, P)
    if (x * x - x_squared) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - x_squared) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public_key, message, signature):
    point = decompress(public_key)
    commitment = decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(public_key) != 32 or len(signature) != 64 or point is None or commitment is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    left, right = times(s, BASE), add(commitment, times(h, point))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---- Signed notes (C2SP signed-note) and checkpoints (C2SP tlog-checkpoint) ------------------------------------


def base64_bytes(text, length=None):
    """Decodes the one base64 text of these bytes: of so many, when they are told."""
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        raise Fault(f"{text[:60]!r} is not base64") from None
    if length is not None and len(value) != length or base64.b64encode(value).decode() != text:
        raise Fault(f"{text[:60]!r} is not the base64 of {length or 'any'} bytes")
    return value


class Key:
    def __init__(self, vkey):
        match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(\S+)", vkey)
        if not match:
            raise Fault(f"{vkey[:80]!r} is not a key such as latchkey-12ab34cd+0a1b2c3d+AQ…")
        self.vkey = vkey
        self.name, key_id, encoded = match.groups()
        typed = base64_bytes(encoded, 33)
        if typed[0] != 1:
            raise Fault(f"{self.name} is not an Ed25519 key")
        self.public = typed[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + typed).digest()[:4]
        if self.id.hex() != key_id:
            raise Fault(f"the id of {self.name} is not that of its key")
        self.fingerprint = hashlib.sha256(self.public).hexdigest()


def split_note(text):
    """The text that is signed, and its signatures as (name, key id ‖ signature)."""
    if re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise Fault("holds control characters")
    body, blank, signed = text.rpartition("\n\n")
    if not blank or not signed.endswith("\n"):
        raise Fault("is no signed note")
    signatures = []
    for line in signed[:-1].split("\n"):
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        if not match:
            raise Fault(f"has a line that is no signature: {line[:60]!r}")
        signatures.append((match[1], base64_bytes(match[2])))
    return body + "\n", signatures


def open_note(text, trusted):
    """The text of a note and the trusted key that signed it."""
    body, signatures = split_note(text)
    signer = None
    for name, signature in signatures:
        for key in trusted:
            if key.name == name and key.id == signature[:4]:
                if not is_signed(key.public, body.encode(), signature[4:]):
                    raise Fault(f"the signature by {name} is wrong")
                signer = signer or key
    if signer is None:
        raise Fault(f"is signed by no trusted key, but by {', '.join(quoted(name) for name, _ in signatures)}")
    return body, signer


def lines_of(body):
    return body[:-1].split("\n")


def whole_number(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", text) or int(text) >= SAFE_INTEGER:
        raise Fault(f"{text[:40]!r} is not a whole number")
    return int(text)


def read_checkpoint(body):
    lines = lines_of(body)
    if len(lines) < 3:
        raise Fault("is no checkpoint: origin, size and root")
    return lines[0], whole_number(lines[1]), base64_bytes(lines[2], 32)


def read_origin(origin):
    """The log and the epoch of an origin, which is latchkey/<log> or, after a restore, latchkey/<log>/<epoch>."""
    match = re.fullmatch(r"latchkey/([^/\n]+)(?:/([1-9][0-9]{0,9}))?", origin)
    if not match or match[2] == "1":
        return None
    return match[1], int(match[2] or 1)


def read_restored(text):
    """The epoch of an accepted restore, and from how many of the log's first events it began."""
    match = re.fullmatch(r"([1-9][0-9]{0,9}):(0|[1-9][0-9]{0,15})", text)
    if not match or match[1] == "1" or int(match[2]) >= SAFE_INTEGER:
        raise Fault(f"{text[:40]!r} is no restore: write <epoch>:<size>, such as 2:1000")
    return int(match[1]), int(match[2])


def read_keys(text):
    """The keys of the log, oldest first; each later one only with its predecessor's endorsement."""
    if not text.endswith("\n"):
        raise Fault("the last line has no end")
    lines = text[:-1].split("\n")
    keys = [Key(lines[0])]
    for at in range(1, len(lines), 6):
        key = Key(lines[at])
        body, _ = open_note("\n".join(lines[at + 1 : at + 6]) + "\n", [keys[-1]])
        if lines_of(body) != ["latchkey-key-rotation", keys[-1].vkey, key.vkey]:
            raise Fault(f"the endorsement of {key.name} names other keys")
        keys.append(key)
    return keys


def trusted_of(keys, pinned):
    """The pinned keys and what they endorse in turn; without any, the bundle's own."""
    if not pinned:
        return keys
    known = [at for at, key in enumerate(keys) if any(key.vkey == pin.vkey for pin in pinned)]
    return pinned + (keys[min(known) :] if known else [])


# ---- Canonical JSON (RFC 8785) ---------------------------------------------------------------------------------


def number_text(value):
    """A number as ECMAScript writes it."""
    if value in (float("inf"), float("-inf")):
        raise Fault("holds a number that is too large")
    if value.is_integer() and abs(value) < SAFE_INTEGER:
        return str(int(value))
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + exponent
    if 0 < point <= 21:
        text = text.ljust(point, "0")
        text = text[:point] + ("." + text[point:] if text[point:] else "")
    elif -6 < point <= 0:
        text = "0." + "0" * -point + text
    else:
        text = text[0] + ("." + text[1:] if text[1:] else "") + f"e{point - 1:+d}"
    return ("-" if sign else "") + text


def canonical(value):
    if isinstance(value, dict):
        # Sorted by UTF-16 code units, as the standard has it.
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return number_text(value)
    return json.dumps(value, ensure_ascii=False)


def refuse_constant(name):
    raise Fault(f"holds {name}, which JSON does not have")


def parse_canonical(line):
    """Parses a line that must be the canonical text of what it says. All numbers are floats, as in JavaScript."""
    try:
        text = line.decode("utf-8")
        value = json.loads(text, parse_int=float, parse_constant=refuse_constant)
        is_canonical = canonical(value) == text
    except (ValueError, RecursionError):
        raise Fault("is not JSON in UTF-8") from None
    if not is_canonical:
        raise Fault("is not in canonical form")
    return value


# ---- The Merkle tree (RFC 9162, section 2.1) -------------------------------------------------------------------


def leaf_hash(record):
    return hashlib.sha256(b"\x00" + record).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Prefix:
    """The roots of growing trees: the roots of its full subtrees, largest first."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def append(self, leaf):
        self.peaks.append(leaf)
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self.peaks.pop()
            self.peaks.append(node_hash(self.peaks.pop(), right))

    def root(self):
        if not self.peaks:
            return hashlib.sha256().digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of_proof(size, ranges, leaves, hashes):
    """The root that the included leaves and the hashes of everything between them give."""
    if size == 0:
        return Prefix().root()
    indexes = (index for start, end in ranges for index in range(start, end))
    given_leaves, given_hashes = iter(leaves), iter(hashes)
    upcoming = next(indexes, size)

    def root(low, high):
        nonlocal upcoming
        if upcoming >= high:
            found = next(given_hashes, None)
            if found is None:
                raise Fault("has too few hashes")
            return found
        if high - low == 1:
            upcoming = next(indexes, size)
            return next(given_leaves)
        middle = low + (1 << ((high - low - 1).bit_length() - 1))
        left = root(low, middle)
        return node_hash(left, root(middle, high))

    answer = root(0, size)
    if next(given_hashes, None) is not None:
        raise Fault("has hashes left over")
    return answer


# ---- The bundle ------------------------------------------------------------------------------------------------


def read_manifest(body):
    lines = lines_of(body)
    if len(lines) < 8 or lines[0] != "latchkey-bundle/1":
        raise Fault("does not begin with latchkey-bundle/1")
    values = {}
    for line, name in zip(lines[2:8], ("size", "count", "complete", "range", "filter", "exported")):
        word, _, value = line.partition(" ")
        expected = {"count": "events"}.get(name, name)
        if word != expected or not value:
            raise Fault(f"says {line[:60]!r} where it should say {expected}")
        values[name] = value
    bounds = values["range"].split(" ")
    if values["complete"] not in ("true", "false") or len(bounds) != 2:
        raise Fault("says neither whether nor of what it is complete")
    filters = parse_canonical(values["filter"].encode())
    sums = {}
    for line in lines[8:]:
        match = re.fullmatch(r"sha256 ([0-9a-f]{64}) (\S+)", line)
        if not match or match[2] in sums:
            raise Fault(f"has a line that is no sum of another file: {line[:60]!r}")
        sums[match[2]] = match[1]
    manifest = {
        "origin": lines[1],
        "size": whole_number(values["size"]),
        "events": whole_number(values["count"]),
        "complete": values["complete"] == "true",
        "from": whole_number(bounds[0]),
        "to": whole_number(bounds[1]),
        "filter": filters,
        "exported": values["exported"],
        "sums": sums,
    }
    if not read_origin(manifest["origin"]):
        raise Fault("names no log")
    if not manifest["from"] <= manifest["to"] <= manifest["size"]:
        raise Fault("names a range that is not in the log")
    if manifest["complete"] and (filters != {} or manifest["events"] != manifest["to"] - manifest["from"]):
        raise Fault("calls itself complete and is not")
    return manifest


def proof_bytes_at_most(manifest):
    """Every range takes a few bytes, and leaves out two subtrees at each level at most."""
    size, events = manifest["size"], manifest["events"]
    return 1024 + events * 40 + min(size, (events + 1) * 2 * size.bit_length()) * 48


def whole(value):
    """A number of JSON as a whole one, however it is written; None for anything else."""
    is_whole = type(value) is float and value.is_integer() and abs(value) < SAFE_INTEGER
    return int(value) if is_whole else None


def read_proof(data):
    try:
        proof = json.loads(data.decode("utf-8"), parse_int=float)
    except (ValueError, RecursionError):
        raise Fault("is not JSON") from None
    if not isinstance(proof, dict) or set(proof) != {"size", "ranges", "hashes"}:
        raise Fault("does not have exactly size, ranges and hashes")
    size, ranges, hashes = whole(proof["size"]), proof["ranges"], proof["hashes"]
    if size is None or not isinstance(ranges, list) or not isinstance(hashes, list):
        raise Fault("has a member of the wrong kind")
    pairs, end = [], -1
    for given in ranges:
        pair = [whole(bound) for bound in given] if isinstance(given, list) and len(given) == 2 else []
        if len(pair) != 2 or None in pair:
            raise Fault("has a range that is no pair of numbers")
        if not end < pair[0] < pair[1] <= size:
            raise Fault(f"has a range that does not follow the one before it: {pair}")
        pairs.append(pair)
        end = pair[1]
    if not all(isinstance(text, str) for text in hashes):
        raise Fault("has a hash that is no text")
    return size, pairs, [base64_bytes(text, 32) for text in hashes]


def read_checkpoints(path):
    """The notes of a file of checkpoints, with a blank line after each. What a crash left half-written is no note."""
    with open(path, encoding="utf-8", newline="") as file:
        blocks = [block.strip("\n") for block in file.read().split("\n\n")]
    are_signatures = re.compile(r"(— [^\s+]+ [A-Za-z0-9+/]{91}=\n?)+").fullmatch
    return [
        f"{body}\n\n{signatures}\n"
        for body, signatures in zip(blocks, blocks[1:])
        if are_signatures(signatures) and not are_signatures(body)
    ]


REWRITTEN = "the log was rewritten"
UNEXPLAINED = f"{REWRITTEN}, or lost events in a restore that was not accepted"


class Outside(NamedTuple):
    """A checkpoint that was kept outside."""

    epoch: int
    size: int
    root: bytes
    # It is of another epoch, and no restore between the two was accepted: all of it must agree.
    is_unexplained: bool


class Verification:
    """The checks of one bundle: goes on after a failure as far as it can, so that all of them are named."""

    def __init__(self, pinned, checkpoints, restored, newest):
        self.pinned, self.checkpoints, self.restored, self.newest = pinned, checkpoints, restored, newest
        self.failures, self.warnings = [], []
        self.manifest = self.key = None
        self.compared = 0

    def fail(self, place, reason):
        if len(self.failures) == KEPT_FAILURES:
            reason = "this failure and those after it are not listed"
        if not self.is_full():
            self.failures.append(f"{place}: {reason}")

    def is_full(self):
        return len(self.failures) > KEPT_FAILURES

    def attempt(self, place, work, *given):
        try:
            return work(*given)
        except Fault as fault:
            self.fail(place, fault)
        except UnicodeDecodeError:
            self.fail(place, "is not text in UTF-8")
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            self.fail(place, f"cannot be read: {error}")
        except Exception as error:  # A damaged archive makes zlib and zipfile raise what they like.
            self.fail(place, f"cannot be read: {type(error).__name__} {error}")
        return None

    def run(self, path):
        archive = self.attempt("bundle", zipfile.ZipFile, path)
        if archive:
            with archive:
                self.verify(archive)

    def read(self, archive, name, limit=SMALL_FILE_BYTES):
        with archive.open(name) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise Fault(f"is larger than {limit} bytes")
        return data

    def verify(self, archive):
        names = [entry.filename for entry in archive.infolist()]
        if len(names) > FILES_AT_MOST:
            self.fail("bundle", f"has more than {FILES_AT_MOST} files")
            return
        for name in {name for name in names if names.count(name) > 1}:
            self.fail(quoted(name), "is in the bundle twice")
        for name in (*REQUIRED, "manifest"):
            if name not in names:
                self.fail(name, "is missing")
        if self.failures:
            return

        def text(name):
            return self.read(archive, name).decode("utf-8")

        keys = self.attempt("keys", lambda: read_keys(text("keys")))
        trusted = trusted_of(keys or [], self.pinned)
        if not trusted:
            return
        note = self.attempt("manifest", lambda: open_note(text("manifest"), trusted))
        if note:
            self.key = note[1]
            self.manifest = self.attempt("manifest", read_manifest, note[0])
        if not self.manifest:
            return
        if not self.pinned:
            self.warnings.append("no key was given with --key: compare the fingerprint with the one you know")
        if self.manifest["from"] > 0:
            self.warnings.append(
                f"the events before {self.manifest['from']} are not in this bundle, but in archives or other bundles: "
                "verify those, too"
            )
        sound = self.check_sums(archive, names)
        signed = self.attempt("checkpoint", lambda: read_checkpoint(open_note(text("checkpoint"), trusted)[0]))
        if signed and signed[:2] != (self.manifest["origin"], self.manifest["size"]):
            self.fail("checkpoint", "is of another log or size than the manifest says")
        proof = None
        if "proof.json" in sound:
            limit = proof_bytes_at_most(self.manifest)
            proof = self.attempt("proof.json", lambda: read_proof(self.read(archive, "proof.json", limit)))
        if proof:
            self.check_ranges(proof)
        if self.checkpoints is None and read_origin(self.manifest["origin"])[1] > 1:
            self.warnings.append("the log was restored: only checkpoints from outside tell whether it begins as before")
        outside = self.read_outside(trusted)
        leaves, prefix_roots = self.read_events(archive, proof, outside) if proof else (None, {})
        if signed and proof and leaves is not None:
            root = self.attempt("proof.json", root_of_proof, *proof[:2], leaves, proof[2])
            if root is not None and root != signed[2]:
                self.fail("events.jsonl", "its events are not those of the checkpoint: the root differs")
        if signed and self.checkpoints is not None:
            self.compare(outside, signed, prefix_roots)

    def check_sums(self, archive, names):
        """Which files have the sums that the manifest names; the events are summed when they are read."""
        sums, sound = self.manifest["sums"], set()
        for name in sorted(set(names) - set(sums) - {"manifest"}):
            self.fail(quoted(name), "is not named in the manifest")
        for name in sorted(set(sums) | set(REQUIRED)):
            if name not in names or name not in sums:
                self.fail(quoted(name), "is missing")
            elif name != "events.jsonl":
                found = self.attempt(quoted(name), self.sum_of, archive, name)
                if found == sums[name]:
                    sound.add(name)
                elif found is not None:
                    self.fail(quoted(name), "does not have the sum that the manifest names")
        return sound

    def sum_of(self, archive, name):
        digest = hashlib.sha256()
        with archive.open(name) as file:
            for chunk in iter(lambda: file.read(1 << 16), b""):
                digest.update(chunk)
        return digest.hexdigest()

    def check_ranges(self, proof):
        size, ranges, _ = proof
        low, high = self.manifest["from"], self.manifest["to"]
        if size != self.manifest["size"]:
            self.fail("proof.json", "is of another size than the manifest says")
        if ranges and not (low <= ranges[0][0] and ranges[-1][1] <= high):
            self.fail("proof.json", "has events outside the manifest's range")
        if self.manifest["complete"] and ranges != ([[low, high]] if low < high else []):
            self.fail("proof.json", "leaves out events of a range that is called complete")
        if sum(end - start for start, end in ranges) != self.manifest["events"]:
            self.fail("proof.json", "has another number of events than the manifest says")

    def read_events(self, archive, proof, outside):
        """The hashes of the events, or None when one is wrong; and the roots of their first so many."""
        log, _ = read_origin(self.manifest["origin"])
        expected = (index for start, end in proof[1] for index in range(start, end))
        count = self.manifest["events"]
        sizes = {each.size for each in outside} if self.manifest["complete"] and self.manifest["from"] == 0 else set()
        prefix, roots, leaves = Prefix(), {}, []
        digest = hashlib.sha256()
        failures = len(self.failures)

        def read():
            with archive.open("events.jsonl") as file:
                for number in itertools.count(1):
                    line = file.readline(LINE_BYTES + 2)
                    if not line:
                        return True
                    if len(line) > LINE_BYTES + 1:
                        raise Fault(f"has a line of more than {LINE_BYTES} bytes")
                    if number > count:
                        self.fail(f"events.jsonl line {number}", "is not among the events of the manifest")
                    if number > count or self.is_full():
                        return False
                    digest.update(line)
                    seq = next(expected, None)
                    place = f"events.jsonl line {number}" + ("" if seq is None else f" (seq {seq})")
                    self.attempt(place, self.check_event, line, log, seq)
                    leaves.append(leaf_hash(line[:-1]))
                    if sizes:
                        prefix.append(leaves[-1])
                        if prefix.size in sizes:
                            roots[prefix.size] = prefix.root()

        if not self.attempt("events.jsonl", read):
            return None, roots
        if digest.hexdigest() != self.manifest["sums"].get("events.jsonl"):
            self.fail("events.jsonl", "does not have the sum that the manifest names")
        if next(expected, None) is not None or len(leaves) != count:
            self.fail("events.jsonl", f"has {len(leaves)} events where the manifest says {count}")
        return (leaves if len(self.failures) == failures else None), roots

    def check_event(self, line, log, seq):
        if not line.endswith(b"\n"):
            raise Fault("has no end")
        record = parse_canonical(line[:-1])
        if not isinstance(record, dict) or type(record.get("v")) is not float or record["v"] != 1:
            raise Fault("is no record of version 1")
        if record.get("log") != log:
            raise Fault(f"belongs to the log {record.get('log')!r}")
        if seq is None:
            raise Fault("is not among the events that proof.json names")
        if type(record.get("seq")) is not float or record["seq"] != seq:
            raise Fault(f"has the sequence number {record.get('seq')!r} instead")

    def kept(self, epoch):
        """How many events another epoch has in common with this one's: all, as long as no restore between is accepted."""
        low, high = sorted((epoch, read_origin(self.manifest["origin"])[1]))
        return min((size for began, size in self.restored if low < began <= high), default=float("inf"))

    def read_outside(self, trusted):
        """The checkpoints of this log, in any epoch, that were kept outside; without what an accepted restore lost."""
        if self.checkpoints is None:
            return []
        log, epoch = read_origin(self.manifest["origin"])
        found, lost = [], 0
        for number, note in enumerate(self.checkpoints, 1):
            place = f"outside checkpoints, note {number}"
            checkpoint = self.attempt(place, lambda: read_checkpoint(split_note(note)[0]))
            origin = checkpoint and read_origin(checkpoint[0])
            if not origin or origin[0] != log:
                continue
            kept = self.kept(origin[1])
            if checkpoint[1] > kept:
                lost += 1
                continue
            self.attempt(place, open_note, note, trusted)
            is_unexplained = origin[1] != epoch and kept == float("inf")
            found.append(Outside(origin[1], checkpoint[1], checkpoint[2], is_unexplained))
        if not found:
            self.fail("outside checkpoints", f"none is of {quoted(self.manifest['origin'])}: nothing was compared")
        if lost:
            self.warnings.append(f"{lost} outside checkpoints are of what an accepted restore has lost: not compared")
        return found

    def compare(self, outside, signed, roots):
        size, root = signed[1], signed[2]
        epoch = read_origin(self.manifest["origin"])[1]
        compared, newer, unknown = 0, 0, []
        for theirs in outside:
            ours = root if theirs.size == size else roots.get(theirs.size)
            that = f"that of size {theirs.size}" + ("" if theirs.epoch == epoch else f" in epoch {theirs.epoch}")
            why = UNEXPLAINED if theirs.is_unexplained else REWRITTEN
            if theirs.size > size and theirs.epoch >= epoch:
                newer += 1
            elif theirs.size > size:
                self.fail("outside checkpoints", f"{that} is of a longer log: {why}")
            elif ours is None:
                unknown.append(theirs)
            elif ours != theirs.root:
                self.fail("outside checkpoints", f"{that} has another root: {why}")
            else:
                compared += 1
        if self.newest and any(theirs.epoch > epoch for theirs in outside):
            self.fail("outside checkpoints", "some are of a later epoch: the log goes on under another name")
        if newer and self.newest:
            self.fail("outside checkpoints", f"{newer} are of a longer log: the tail is missing")
        elif newer:
            self.warnings.append(f"the log has grown since: {newer} outside checkpoints are newer; not contradicted")
        if any(theirs.is_unexplained for theirs in unknown):
            self.fail("outside checkpoints", f"some of another epoch need events that are not in this bundle: {UNEXPLAINED}")
        if unknown:
            self.warnings.append(f"{len(unknown)} outside checkpoints need events that are not in this bundle")
        self.compared = compared

    def as_json(self, path):
        manifest = self.manifest or {}
        facts = {name: manifest.get(name) for name in ("origin", "size", "events", "complete", "from", "to", "filter", "exported")}
        return {
            "bundle": path,
            "ok": not self.failures,
            **facts,
            "key": self.key and self.key.vkey,
            "fingerprint": self.key and self.key.fingerprint,
            "compared": self.compared,
            "failures": self.failures,
            "warnings": self.warnings,
        }


def say(line):
    print(printable(line))


def show(report):
    say(f"{report['bundle']}: {'VERIFIED' if report['ok'] else 'NOT VERIFIED'}")
    for failure in report["failures"][:SHOWN_FAILURES]:
        say(f"  failure   {failure}")
    if len(report["failures"]) > SHOWN_FAILURES:
        say(f"  and {len(report['failures']) - SHOWN_FAILURES} more failures")
    if report["origin"]:
        whole = "every event" if report["complete"] else "only the events that match the filter"
        say(f"  log       {quoted(report['origin'])}, {report['size']} events when it was exported at {quoted(report['exported'])}")
        say(f"  events    {report['events']}: {whole} from {report['from']} up to {report['to']}")
        say(f"  key       {quoted(report['key'])}")
        say(f"            SHA-256 fingerprint {report['fingerprint']}")
        say(f"  compared  with {report['compared']} checkpoints from outside")
    for warning in report["warnings"]:
        say(f"  warning   {warning}")


def given_as(option, values, read):
    """Names the option of a value that cannot be used."""
    try:
        return [read(value) for value in values]
    except Fault as fault:
        raise Fault(f"{option}: {fault}") from None


def main():
    parser = argparse.ArgumentParser(description="Verifies audit bundles of Latchkey.")
    parser.add_argument("bundles", nargs="+", metavar="bundle")
    parser.add_argument("--key", action="append", default=[], help="a key that you trust, as the integrity page shows it")
    parser.add_argument("--checkpoints", help="a file of checkpoints that was kept outside the server")
    parser.add_argument(
        "--restored",
        action="append",
        default=[],
        metavar="EPOCH:SIZE",
        help="accept a restore of the log: EPOCH began from its first SIZE events, as `npm run restore` said",
    )
    parser.add_argument(
        "--newest",
        action="store_true",
        help="fail when an outside checkpoint is of a longer log: for checkpoints copied before the bundle was exported",
    )
    parser.add_argument("--json", action="store_true", help="print one line of JSON for each bundle")
    given = parser.parse_args()
    try:
        pinned = given_as("--key", given.key, Key)
        restored = given_as("--restored", given.restored, read_restored)
        checkpoints = read_checkpoints(given.checkpoints) if given.checkpoints else None
    except (Fault, OSError, UnicodeDecodeError) as error:
        parser.error(str(error))
    is_fine = True
    for path in given.bundles:
        verification = Verification(pinned, checkpoints, restored, given.newest)
        verification.run(path)
        report = verification.as_json(path)
        is_fine = is_fine and report["ok"]
        print(json.dumps(report)) if given.json else show(report)
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
