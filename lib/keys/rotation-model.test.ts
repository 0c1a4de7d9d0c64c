import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { revokeKey } from "@/lib/keys/commands";
import { extendRotation, rollBackRotation, rotateKey } from "@/lib/keys/rotation";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization } from "@/lib/testing/organization";

/** What a key's versions are to anybody outside: hours are counted from the start of the model. */
interface Model {
  now: number;
  revoked: boolean;
  versions: { endsAt: number; used: boolean; begunAt: number }[];
}

interface Real {
  keyId: string;
  values: string[];
}

const MAX_OVERLAP = 720;
const live = ({ now, versions }: Model) => versions.filter(({ endsAt }) => endsAt > now);

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

type Step = fc.AsyncCommand<Model, Real>;

const step = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real);
    for (const [i, value] of real.values.entries()) {
      const isLive = !model.revoked && (model.versions[i]?.endsAt ?? 0) > model.now;
      expect(await codeOf(present(model, value, i)), `version ${i + 1} after ${name}`).toBe(
        isLive ? "none" : "credential_revoked",
      );
    }
  },
  toString: () => name,
});

/** Looking is not using: only the step that means to use a value leaves its mark. */
async function present(model: Model, value: string, index: number) {
  const ctx = await ctxOfKey(value);
  const version = model.versions[index];
  if (version) version.used = true;
  return ctx;
}

const rotate = (hours: number) =>
  step(`rotate(${hours})`, async (model, real) => {
    const result = await rotateKey(acme.owner, real.keyId, { overlapHours: hours }).catch(
      (error: { code: string }) => error,
    );
    const current = live(model);
    const mayRotate = !model.revoked && current.length === 1 && hours <= MAX_OVERLAP;
    expect("key" in result).toBe(mayRotate);
    if (!("key" in result)) return;
    for (const version of current) version.endsAt = model.now + hours;
    model.versions.push({ endsAt: Infinity, used: false, begunAt: model.now });
    real.values.push(result.key);
  });

const extend = (hours: number) =>
  step(`extend(${hours})`, async (model, real) => {
    const code = await codeOf(extendRotation(acme.owner, real.keyId, { overlapHours: hours }));
    const [predecessor, successor] = live(model);
    const mayExtend =
      !model.revoked && predecessor && successor && model.now + hours <= successor.begunAt + MAX_OVERLAP;
    expect(code === "none").toBe(Boolean(mayExtend));
    if (mayExtend) predecessor.endsAt = model.now + hours;
  });

const rollBack = step("roll back", async (model, real) => {
  const code = await codeOf(rollBackRotation(acme.owner, real.keyId));
  const [predecessor, successor] = live(model);
  const mayRollBack = !model.revoked && predecessor && successor && !successor.used;
  expect(code === "none").toBe(Boolean(mayRollBack));
  if (!mayRollBack) return;
  successor.endsAt = model.now;
  predecessor.endsAt = Infinity;
});

const revoke = step("revoke", async (model, real) => {
  expect(await codeOf(revokeKey(acme.owner, real.keyId, {}))).toBe(model.revoked ? "conflict" : "none");
  model.revoked = true;
});

/** Time passes by moving the rows back. */
const wait = (hours: number) =>
  step(`wait(${hours})`, async (model, { keyId }) => {
    model.now += hours;
    await db().$executeRaw`
      update credential_version set created_at = created_at - ${hours} * interval '1 hour',
        ends_at = ends_at - ${hours} * interval '1 hour' where credential_id = ${keyId}`;
  });

/** An hour less than a boundary or more than it, never on it: the rows' clock runs on meanwhile. */
const hours = fc.constantFrom(0, 1.5, 24.5, 168.5, 719.5, 721.5);

test(
  "any sequence of rotations leaves exactly the versions alive that a small model says",
  { timeout: 300_000 },
  async () => {
    const steps = fc.commands(
      [
        hours.map(rotate),
        hours.map(rotate),
        hours.map(extend),
        fc.constant(rollBack),
        hours.map(wait),
        fc.constant(revoke),
      ],
      { maxCommands: 12 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const { keyId, key } = await newKey(acme);
        const setup = () => ({
          model: { now: 0, revoked: false, versions: [{ endsAt: Infinity, used: true, begunAt: 0 }] } satisfies Model,
          real: { keyId, values: [key] },
        });
        await fc.asyncModelRun(setup, commands);
      }),
      { numRuns: 40 },
    );
  },
);
