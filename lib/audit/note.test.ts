import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkpointBody, endorsementBody, originOf, parseCheckpoint } from "./checkpoint";
import { fingerprintOf, noteKey, openNote, parseVkey, publicKeyOf, signNote, vkeyOf } from "./note";

const SEED = new Uint8Array(32).fill(7);
const OTHER = new Uint8Array(32).fill(8);
const key = noteKey(publicKeyOf(SEED));
const BODY = "latchkey/60-19a-x\n2\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

describe("a signed note", () => {
  it("is opened by the key that signed it, and its text comes back", () => {
    expect(openNote(signNote(BODY, SEED), [key])).toEqual({ body: BODY, signer: key });
  });

  it("has the signature that OpenSSL makes with the same seed", () => {
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), SEED]);
    const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32);
    expect(Buffer.from(key.publicKey).equals(publicKey)).toBe(true);
    const line = signNote(BODY, SEED).split("\n").at(-2) as string;
    const signature = Buffer.from(line.split(" ")[2] as string, "base64");
    expect(signature.subarray(4).equals(sign(null, Buffer.from(BODY), privateKey))).toBe(true);
  });

  it.each([
    ["another text", (note: string) => note.replace("\n2\n", "\n3\n"), "does not match the text"],
    ["another key", () => signNote(BODY, OTHER), "none of the trusted keys"],
    ["no signature", () => BODY, "not a signed note"],
    ["a cut signature", (note: string) => `${note.slice(0, -9)}\n`, "base64|does not match"],
    ["a signature of another form", (note: string) => note.replace("— ", "- "), "malformed"],
    [
      "another key's id on the name",
      (note: string) => note.replace(/ (\S)(\S+)\n$/, " A$2\n"),
      "none of the trusted|match",
    ],
  ])("is refused with %s", (_, forge, reason) => {
    expect(() => openNote(forge(signNote(BODY, SEED)), [key])).toThrow(new RegExp(reason));
  });

  it("may bear signatures of keys that nobody here knows", () => {
    const cosigned = signNote(BODY, SEED) + signNote(BODY, OTHER).split("\n").at(-2) + "\n";
    expect(openNote(cosigned, [key]).signer.name).toBe(key.name);
    expect(openNote(cosigned, [noteKey(publicKeyOf(OTHER))]).signer.name).not.toBe(key.name);
  });
});

describe("a key in one line", () => {
  it("is read as it was written, and named by its fingerprint", () => {
    expect(parseVkey(vkeyOf(key))).toEqual(key);
    expect(key.name).toBe(`latchkey-${fingerprintOf(key.publicKey).slice(0, 8)}`);
  });

  it("has the id that the note format of the Go checksum database gives it", () => {
    const vkey = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    expect(vkeyOf(parseVkey(vkey))).toBe(vkey);
  });

  it.each([
    ["", "must look like"],
    ["latchkey-1+00000000+AQ==", "not an Ed25519 key"],
    [vkeyOf(key).replace(/\+[0-9a-f]{8}\+/, "+00000000+"), "does not have the id"],
  ])("is refused when it is %j", (vkey, reason) => {
    expect(() => parseVkey(vkey)).toThrow(reason);
  });
});

describe("a checkpoint", () => {
  it("is read as it was written", () => {
    const checkpoint = { origin: originOf("60-1-a", 2), size: 12, root: SEED };
    expect(checkpointBody(checkpoint)).toBe("latchkey/60-1-a/2\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n");
    expect(parseCheckpoint(checkpointBody(checkpoint))).toEqual(checkpoint);
    expect(originOf("deployment", 1)).toBe("latchkey/deployment");
  });

  it.each(["", "a\n1\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", "a\n-1\nAAAA\n", "a\n9999999999999999\nAAAA\n"])(
    "is refused when it is %j",
    (body) => expect(() => parseCheckpoint(body)).toThrow(),
  );

  it("the note that follows a rotation names the old key and then the new one", () => {
    expect(endorsementBody("old+1+a", "new+2+b")).toBe("latchkey-key-rotation\nold+1+a\nnew+2+b\n");
  });
});
