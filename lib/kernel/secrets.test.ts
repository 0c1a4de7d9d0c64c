import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { randomText } from "@/lib/kernel/random";
import { checksum, maskSecrets, mintSecret, SECRET_PATTERN, secretKind } from "@/lib/kernel/secrets";

// `npm run drill:secrets` makes a million.
const SAMPLE = Number(process.env.DRILL_ROUNDS ?? 100_000);
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** χ² of 61 degrees of freedom exceeds this once in a million times. */
const CHI_SQUARE_LIMIT = 129;

test("the checksum is the published one", () => {
  expect(checksum("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ")).toBe("0mLq17");
});

test("a secret is its prefix, 36 random characters and their checksum", () => {
  const { value, digest, hint } = mintSecret("api_key");
  expect(value).toMatch(/^lkk_[0-9A-Za-z]{42}$/);
  expect(value.slice(40)).toBe(checksum(value.slice(4, 40)));
  expect(hint).toBe(`lkk_…${value.slice(-4)}`);
  expect(digest).toHaveLength(32);
  expect(secretKind(value)).toBe("api_key");
  expect(secretKind(mintSecret("app_secret").value)).toBe("app_secret");
});

test(
  "secrets do not repeat and every character is as likely as another at every position",
  { timeout: 300_000 },
  () => {
    const bodies = Array.from({ length: SAMPLE }, () => mintSecret("api_key").value.slice(4, 40));
    expect(new Set(bodies).size).toBe(SAMPLE);
    expect(Math.max(...chiSquares(bodies))).toBeLessThan(CHI_SQUARE_LIMIT);
  },
);

test("the measure of likelihood notices bytes that are folded instead of drawn again", () => {
  const folded = Array.from({ length: 60_000 }, () =>
    [...randomBytes(36)].map((byte) => BASE62[byte % 62] as string).join(""),
  );
  expect(Math.min(...chiSquares(folded))).toBeGreaterThan(CHI_SQUARE_LIMIT);
});

test("random text of any alphabet has the length and the characters that were asked for", () => {
  expect(randomText("ab", 1000)).toMatch(/^[ab]{1000}$/);
  expect(randomText("a", 0)).toBe("");
});

test.each(["lkk", "lkt", "lka", "lkr", "lks", "lkc", "lkp", "lki", "lkw"])(
  "the one regular expression finds a secret with the prefix %s in any text",
  (prefix) => {
    const secret = `${prefix}_${"aZ9".repeat(14)}`;
    expect(`curl -H "Authorization: apikey ${secret}"\n`.match(SECRET_PATTERN)).toEqual([secret]);
    expect(`${secret},${secret}`.match(SECRET_PATTERN)).toHaveLength(2);
  },
);

test("the one regular expression leaves what only resembles a secret", () => {
  const short = `lkk_${"a".repeat(41)}`;
  const long = `lkk_${"a".repeat(43)}`;
  expect(`${short} ${long} lkz_${"a".repeat(42)}`.match(SECRET_PATTERN)).toBeNull();
});

test("what is masked is found also where it is glued to other text", () => {
  const secret = `lkt_${"aZ9".repeat(14)}`;
  expect(maskSecrets(`?token%3D${secret}, x_${secret}9 and lkt_short`)).toBe(
    "?token%3D[secret], x_[secret]9 and lkt_short",
  );
});

function chiSquares(bodies: string[]): number[] {
  return Array.from({ length: 36 }, (_, position) => {
    const seen = new Map<string, number>();
    for (const body of bodies) {
      const character = body[position] as string;
      seen.set(character, (seen.get(character) ?? 0) + 1);
    }
    const expected = bodies.length / 62;
    return [...BASE62].reduce((sum, character) => sum + ((seen.get(character) ?? 0) - expected) ** 2 / expected, 0);
  });
}
