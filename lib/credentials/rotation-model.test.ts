import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { revokeKey } from "@/lib/keys/commands";
import { extendRotation, rollBackRotation, rotateKey } from "@/lib/keys/rotation";
import { newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, ctxOfToken, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { newToken } from "@/lib/testing/token";
import { revokeToken } from "@/lib/tokens/commands";
import { extendTokenRotation, rollBackTokenRotation, rotateToken } from "@/lib/tokens/rotation";

/** What a credential's versions are to anybody outside: hours are counted from the start of the model. */
interface Model {
  now: number;
  revoked: boolean;
  versions: { endsAt: number; used: boolean; begunAt: number }[];
}

interface Real {
  id: string;
  values: string[];
}

type Owner = TestOrganization["owner"];

interface Family {
  make: (organization: TestOrganization) => Promise<{ id: string; value: string }>;
  present: (value: string) => Promise<unknown>;
  rotate: (ctx: Owner, id: string, input: { overlapHours: number }) => Promise<{ key: string } | { token: string }>;
  extend: (ctx: Owner, id: string, input: { overlapHours: number }) => Promise<unknown>;
  rollBack: (ctx: Owner, id: string) => Promise<unknown>;
  revoke: (ctx: Owner, id: string, input: object) => Promise<unknown>;
}

const KEYS: Family = {
  make: async (organization) => {
    const { keyId: id, key: value } = await newKey(organization);
    return { id, value };
  },
  present: ctxOfKey,
  rotate: rotateKey,
  extend: extendRotation,
  rollBack: rollBackRotation,
  revoke: revokeKey,
};

const TOKENS: Family = {
  make: async (organization) => {
    const { tokenId: id, token: value } = await newToken(organization);
    return { id, value };
  },
  present: ctxOfToken,
  rotate: rotateToken,
  extend: extendTokenRotation,
  rollBack: rollBackTokenRotation,
  revoke: revokeToken,
};

const MAX_OVERLAP = 720;
const live = ({ now, versions }: Model) => versions.filter(({ endsAt }) => endsAt > now);

let acme: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
});

type Step = fc.AsyncCommand<Model, Real>;

/** An hour less than a boundary or more than it, never on it: the rows' clock runs on meanwhile. */
const hours = fc.constantFrom(0, 1.5, 24.5, 168.5, 719.5, 721.5);

function stepsOf(family: Family) {
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
    const ctx = await family.present(value);
    const version = model.versions[index];
    if (version) version.used = true;
    return ctx;
  }

  const rotate = (hours: number) =>
    step(`rotate(${hours})`, async (model, real) => {
      const result = await family
        .rotate(acme.owner, real.id, { overlapHours: hours })
        .catch((error: { code: string }) => error);
      const current = live(model);
      const mayRotate = !model.revoked && current.length === 1 && hours <= MAX_OVERLAP;
      expect("code" in result).toBe(!mayRotate);
      if ("code" in result) return;
      for (const version of current) version.endsAt = model.now + hours;
      model.versions.push({ endsAt: Infinity, used: false, begunAt: model.now });
      real.values.push("key" in result ? result.key : result.token);
    });

  const extend = (hours: number) =>
    step(`extend(${hours})`, async (model, real) => {
      const code = await codeOf(family.extend(acme.owner, real.id, { overlapHours: hours }));
      const [predecessor, successor] = live(model);
      const mayExtend =
        !model.revoked && predecessor && successor && model.now + hours <= successor.begunAt + MAX_OVERLAP;
      expect(code === "none").toBe(Boolean(mayExtend));
      if (mayExtend) predecessor.endsAt = model.now + hours;
    });

  const rollBack = step("roll back", async (model, real) => {
    const code = await codeOf(family.rollBack(acme.owner, real.id));
    const [predecessor, successor] = live(model);
    const mayRollBack = !model.revoked && predecessor && successor && !successor.used;
    expect(code === "none").toBe(Boolean(mayRollBack));
    if (!mayRollBack) return;
    successor.endsAt = model.now;
    predecessor.endsAt = Infinity;
  });

  const revoke = step("revoke", async (model, real) => {
    expect(await codeOf(family.revoke(acme.owner, real.id, {}))).toBe(model.revoked ? "conflict" : "none");
    model.revoked = true;
  });

  /** Time passes by moving the rows back. */
  const wait = (hours: number) =>
    step(`wait(${hours})`, async (model, { id }) => {
      model.now += hours;
      await db().$executeRaw`
      update credential_version set created_at = created_at - ${hours} * interval '1 hour',
        ends_at = ends_at - ${hours} * interval '1 hour' where credential_id = ${id}`;
    });

  return [
    hours.map(rotate),
    hours.map(rotate),
    hours.map(extend),
    fc.constant(rollBack),
    hours.map(wait),
    fc.constant(revoke),
  ];
}

test.each([
  ["keys", KEYS],
  ["tokens", TOKENS],
])(
  "any sequence of rotations of %s leaves exactly the versions alive that a small model says",
  { timeout: 300_000 },
  async (_, family) => {
    const steps = fc.commands(stepsOf(family), { maxCommands: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (commands) => {
        const { id, value } = await family.make(acme);
        const setup = () => ({
          model: { now: 0, revoked: false, versions: [{ endsAt: Infinity, used: true, begunAt: 0 }] } satisfies Model,
          real: { id, values: [value] },
        });
        await fc.asyncModelRun(setup, commands);
      }),
      { numRuns: 12 },
    );
  },
);
