import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/kernel/db";
import { codeOf, ctxOfToken, foundOrganization, ORIGIN, type TestOrganization } from "@/lib/testing/organization";
import { newLoginClient } from "@/lib/testing/login";
import { refreshGrant } from "./refresh";
import type { LoginTokens } from "./schema";

let acme: TestOrganization;
let client: Awaited<ReturnType<typeof newLoginClient>>;
beforeAll(async () => {
  acme = await foundOrganization();
  client = await newLoginClient(acme);
});

type Step = { kind: "use" | "refresh"; pair: number } | { kind: "wait" };
type State = "live" | "refreshed" | "replaced";

/** What the words of the design say, and nothing else: pairs by number from 0, each with its state. */
class Model {
  readonly pairs: { state: State; isUsed: boolean; isFresh: boolean }[] = [this.#new()];
  isOver = false;

  #new() {
    return { state: "live" as State, isUsed: false, isFresh: false };
  }

  use(number: number): boolean {
    const pair = this.pairs[number];
    if (this.isOver || pair?.state !== "live") return false;
    pair.isUsed = true;
    return true;
  }

  wait(): void {
    for (const pair of this.pairs) pair.isFresh = false;
  }

  refresh(number: number): boolean {
    const pair = this.pairs[number];
    const last = this.pairs.at(-1);
    if (this.isOver || !pair || !last) return false;
    if (pair.state === "live") {
      pair.state = "refreshed";
      pair.isFresh = true;
      this.pairs.push(this.#new());
      return true;
    }
    const isRetry = pair.state === "refreshed" && pair.isFresh && !last.isUsed && last.state === "live";
    const answers = this.pairs.length - 1 - number;
    if (isRetry && answers === 1) {
      last.state = "replaced";
      this.pairs.push(this.#new());
      return true;
    }
    // A third at once is one of many, not a thief: refused, and nothing ends.
    if (!(isRetry && answers === 2)) this.isOver = true;
    return false;
  }
}

const step = fc.oneof(
  fc.record({ kind: fc.constantFrom("use" as const, "refresh" as const), pair: fc.nat(5) }),
  fc.constant<Step>({ kind: "wait" }),
);

test("any schedule of refreshes, retries and uses leaves alive exactly what a small model says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps: Step[]) => {
      const model = new Model();
      const issued: LoginTokens[] = [await client.logIn()];
      const id = issued[0]?.credentials.token_id ?? "";
      for (const each of steps) {
        if (each.kind === "wait") {
          await db()
            .$executeRaw`update login_pair set refreshed_at = refreshed_at - interval '11 seconds' where grant_id = ${id}`;
          model.wait();
          continue;
        }
        const tokens = issued[each.pair % issued.length] as LoginTokens;
        const number = issued.indexOf(tokens);
        if (each.kind === "use") {
          const code = await codeOf(ctxOfToken(tokens.credentials.access_token));
          expect([number, code === "none"]).toEqual([number, model.use(number)]);
        } else {
          const { refresh_token } = tokens.credentials;
          const answer = await refreshGrant(ORIGIN, { grant_type: "refresh_token", refresh_token }).catch(
            () => undefined,
          );
          expect([number, answer !== undefined]).toEqual([number, model.refresh(number)]);
          if (answer) issued.push(answer);
        }
      }
      const alive = await db().loginPair.count({ where: { grantId: id, endedAt: null, grant: { endedAt: null } } });
      expect(alive).toBe(model.isOver ? 0 : 1);
    }),
    { numRuns: Number(process.env.DRILL_ROUNDS ?? 15) },
  );
}, 600_000);
