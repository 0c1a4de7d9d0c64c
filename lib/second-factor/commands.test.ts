import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import { newLoginClient } from "@/lib/testing/login";
import {
  codeOf,
  ctxOfKey,
  ctxOfSession,
  foundOrganization,
  sessionOf,
  type TestOrganization,
  textOf,
  unproved,
} from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { codeOfSecret, enrolled, forgetCodes } from "@/lib/testing/second-factor";
import { confirmSecondFactor, removeSecondFactor, renewRecoveryCodes, startSecondFactor } from "./commands";
import { getSecondFactor } from "./queries";

let acme: TestOrganization;
let globex: TestOrganization;
beforeAll(async () => {
  acme = await foundOrganization();
  globex = await foundOrganization();
});

const rowOf = (id: string) => db().user.findUniqueOrThrow({ where: { id } });
const eventsOf = async (id: string) => (await acme.events()).filter(({ targetId }) => targetId === id);
const actionsOf = async (id: string) => (await eventsOf(id)).map(({ action, outcome }) => `${action} ${outcome}`);

async function newPerson(role = "Developer") {
  const ctx = await acme.as(role);
  return { ctx, id: idOfPerson(ctx) };
}

describe("setting up", () => {
  test("counts once its first code is confirmed, and no event, row or later answer tells the secret", async () => {
    const { ctx, id } = await newPerson();
    const started = await startSecondFactor(ctx, id);
    expect(started).toEqual({
      isOn: false,
      since: null,
      recoveryCodesLeft: 0,
      isRequired: false,
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/) as string,
      uri: expect.stringContaining("otpauth://totp/Latchkey:") as string,
    });
    expect((await rowOf(id)).totpConfirmedAt).toBeNull();
    const on = await confirmSecondFactor(ctx, id, { code: codeOfSecret(started.secret) });
    expect(on).toMatchObject({ isOn: true, since: expect.stringMatching(/Z$/) as string, recoveryCodesLeft: 10 });
    expect(on.recoveryCodes).toHaveLength(10);
    expect(await actionsOf(id)).toEqual(["second_factor.started allowed", "second_factor.enabled allowed"]);
    const told = textOf([
      await eventsOf(id),
      await rowOf(id),
      await db().recoveryCode.findMany({ where: { userId: id } }),
      await getSecondFactor(ctx, id),
    ]);
    for (const secret of [
      started.secret,
      ...on.recoveryCodes,
      ...on.recoveryCodes.map((code) => code.replaceAll("-", "")),
    ])
      expect(told).not.toContain(secret);
  });

  test("ends every other session and login of the person, and keeps the one it was done in", async () => {
    const { ctx, userId, logIn } = await newLoginClient(acme);
    await logIn();
    const other = sessionOf(ctx).replace(/.{4}$/, "9999");
    const { id: _, ...row } = await db().session.findUniqueOrThrow({ where: { id: sessionOf(ctx) } });
    await db().session.create({ data: { ...row, id: other } });
    await enrolled(ctx);
    expect(await codeOf(ctxOfSession(other))).toBe("session_ended");
    expect(await codeOf(ctxOfSession(sessionOf(ctx)))).toBe("none");
    expect(await db().loginGrant.count({ where: { userId, endedAt: null } })).toBe(0);
  });

  test("takes a right code: a wrong one changes nothing, is recorded, and five in a row have to wait", async () => {
    const { ctx, id } = await newPerson();
    await startSecondFactor(ctx, id);
    for (let i = 0; i < 5; i++)
      expect(await codeOf(confirmSecondFactor(ctx, id, { code: "000000" }))).toBe("invalid_input");
    expect(await codeOf(confirmSecondFactor(ctx, id, { code: "000000" }))).toBe("too_many_requests");
    expect(await getSecondFactor(ctx, id)).toMatchObject({ isOn: false, recoveryCodesLeft: 0 });
    expect((await actionsOf(id)).filter((each) => each === "second_factor.enabled failed")).toHaveLength(5);
  });

  test("is refused while one is on: its secret stays", async () => {
    const { ctx, id } = await newPerson();
    await enrolled(ctx);
    const { totpSecret } = await rowOf(id);
    expect(await codeOf(startSecondFactor(ctx, id))).toBe("conflict");
    expect(await codeOf(confirmSecondFactor(ctx, id, { code: "123456" }))).toBe("conflict");
    expect((await rowOf(id)).totpSecret).toEqual(totpSecret);
  });

  test("is the person's own act: nobody sets up another's, and no key its own", async () => {
    const { id } = await newPerson();
    const before = await rowOf(id);
    const { key } = await newKey(acme);
    for (const caller of [acme.owner, globex.owner, await ctxOfKey(key)]) {
      expect(await codeOf(startSecondFactor(caller, id))).toBe("forbidden");
      expect(await codeOf(confirmSecondFactor(caller, id, { code: "123456" }))).toBe("forbidden");
      expect(await codeOf(renewRecoveryCodes(caller, id, { code: "123456" }))).toBe("forbidden");
    }
    expect(await rowOf(id)).toEqual(before);
  });

  test("asks for a fresh password", async () => {
    const { ctx, id } = await newPerson();
    const stale = await unproved(ctx);
    expect(await codeOf(startSecondFactor(stale, id))).toBe("reauthentication_required");
    expect((await rowOf(id)).totpSecret).toBeNull();
  });
});

describe("recovery codes", () => {
  test("a new set takes a right code and the place of the old one", async () => {
    const { ctx, id } = await newPerson();
    const { secret, recoveryCodes } = await enrolled(ctx);
    expect(await codeOf(renewRecoveryCodes(ctx, id, { code: "000000" }))).toBe("invalid_input");
    const renewed = await renewRecoveryCodes(ctx, id, { code: codeOfSecret(secret) });
    expect(renewed.recoveryCodesLeft).toBe(10);
    expect((await actionsOf(id)).at(-1)).toBe("second_factor.recovery_codes_replaced allowed");
    await forgetCodes(id);
    expect(await codeOf(removeSecondFactor(ctx, id, { code: recoveryCodes[0] }))).toBe("invalid_input");
    expect(await codeOf(removeSecondFactor(ctx, id, { code: renewed.recoveryCodes[0] }))).toBe("none");
  });
});

describe("turning off", () => {
  test("takes a code that was not used yet, and leaves nothing behind", async () => {
    const { ctx, id } = await newPerson();
    const { secret } = await enrolled(ctx);
    const code = codeOfSecret(secret);
    await renewRecoveryCodes(ctx, id, { code });
    expect(await codeOf(removeSecondFactor(ctx, id, { code }))).toBe("invalid_input");
    expect(await codeOf(removeSecondFactor(ctx, id, {}))).toBe("invalid_input");
    await forgetCodes(id);
    expect(await removeSecondFactor(ctx, id, { code: codeOfSecret(secret) })).toEqual({
      isOn: false,
      since: null,
      recoveryCodesLeft: 0,
      isRequired: false,
    });
    expect(await rowOf(id)).toMatchObject({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null });
    expect((await actionsOf(id)).at(-1)).toBe("second_factor.disabled allowed");
  });

  test("is refused while policy asks for one", async () => {
    const strict = await foundOrganization();
    const ctx = await strict.as("Developer");
    const { secret } = await enrolled(ctx);
    await db().organization.update({ where: { id: strict.id }, data: { secondFactor: "everyone" } });
    const off = removeSecondFactor(ctx, idOfPerson(ctx), { code: codeOfSecret(secret) });
    expect(await codeOf(off)).toBe("conflict");
    expect(await getSecondFactor(ctx, idOfPerson(ctx))).toMatchObject({ isOn: true, isRequired: true });
  });

  test("asks for a fresh password", async () => {
    const { ctx, id } = await newPerson();
    const { secret } = await enrolled(ctx);
    const stale = await unproved(ctx);
    expect(await codeOf(removeSecondFactor(stale, id, { code: codeOfSecret(secret) }))).toBe(
      "reauthentication_required",
    );
  });
});
