import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { newKey } from "@/lib/testing/app";
import {
  codeOf,
  ctxOfKey,
  ctxOfSession,
  foundOrganization,
  sessionOf,
  type TestOrganization,
  unproved,
} from "@/lib/testing/organization";
import { idOfPerson } from "@/lib/testing/roles";
import { enrolled } from "@/lib/testing/second-factor";
import { removeSecondFactor } from "./commands";
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

describe("resetting somebody else's", () => {
  test("ends all they have open; the secret and the codes are gone", async () => {
    const { ctx, id } = await newPerson();
    await enrolled(ctx);
    const admin = await acme.as("Admin");
    expect(await removeSecondFactor(admin, id, {})).toMatchObject({ isOn: false, recoveryCodesLeft: 0 });
    expect(await codeOf(ctxOfSession(sessionOf(ctx)))).toBe("session_ended");
    expect(await rowOf(id)).toMatchObject({ totpSecret: null, totpConfirmedAt: null });
    const reset = (await eventsOf(id)).filter(({ action }) => action === "second_factor.reset");
    expect(reset).toMatchObject([{ actorId: idOfPerson(admin), outcome: "allowed" }]);
    expect(await codeOf(removeSecondFactor(admin, id, {}))).toBe("conflict");
  });

  test("takes the permission, covering what they hold, and a fresh password; nothing is written otherwise", async () => {
    const owner = await acme.as("Owner");
    await enrolled(owner);
    const id = idOfPerson(owner);
    const before = await rowOf(id);
    const { key } = await newKey(acme);
    const callers = [await acme.as("Admin"), await acme.as("Developer"), await acme.as("Auditor"), await ctxOfKey(key)];
    for (const caller of callers) expect(await codeOf(removeSecondFactor(caller, id, {}))).toBe("forbidden");
    const stale = await unproved(await acme.as("Owner"));
    expect(await codeOf(removeSecondFactor(stale, id, {}))).toBe("reauthentication_required");
    expect(await rowOf(id)).toEqual(before);
    expect((await actionsOf(id)).filter((each) => each === "second_factor.reset denied")).toHaveLength(4);
  });

  test("of another organization finds nobody", async () => {
    const { ctx, id } = await newPerson();
    await enrolled(ctx);
    expect(await codeOf(removeSecondFactor(globex.owner, id, {}))).toBe("not_found");
    expect(await codeOf(getSecondFactor(globex.owner, id))).toBe("not_found");
    expect((await rowOf(id)).totpConfirmedAt).not.toBeNull();
  });
});
