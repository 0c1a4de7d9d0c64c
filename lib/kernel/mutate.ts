import "server-only";
import { ACTIONS, type Action } from "./actions";
import { requireProof, requireHeld } from "./authority";
import type { Ctx } from "./ctx";
import { db, type Tx } from "./db";
import { AppError, toAppError } from "./errors";
import { type AuditEntry, writeEvent } from "./events";
import { claimIdempotency, storeResponse } from "./idempotency";
import type { Permission } from "./permissions";
import { settleInvalidations, tellsOfAnEnd } from "./settle";

/**
 * Under whose authority a change is made: a permission the caller must hold, `own` for something
 * that is the caller's by identity (its session, the presented credential; the command bounds it by
 * the principal's id), or `system` before anybody is known.
 */
export type Authority = Permission | "own" | "system";

export interface Act<A extends Action> {
  authority: Authority;
  action: A;
  /** What the attempt is recorded against when it is denied. */
  target?: { id: string | null; name: string };
  /** The instance the permission is needed on; the organization when absent. */
  instanceId?: string;
  /** Asks for a password proof younger than fifteen minutes. */
  isSensitive?: boolean;
  /**
   * Waits for the organization's other changes of who may do what, and reads the caller's standing
   * after them: of two people who take each other's role away one comes too late.
   */
  takesTurn?: boolean;
  /** What to tell the caller when a unique value is taken, and the field it is in. */
  conflict?: { detail: string; pointer?: string };
}

export interface Change<T, S, A extends Action> {
  /** The public record: also what a repeated request with the same idempotency key is answered. */
  result: T;
  /** Secret values, answered once beside the record and never stored. */
  secret?: S;
  /** A change without an event does not compile. */
  audit: AuditEntry<A> | [AuditEntry<Action>, ...AuditEntry<Action>[]] | typeof IS_EVENTS;
}

/** The change is itself events, of what others did: its work has written them. */
export const IS_EVENTS = Symbol("events");

/** A repeated request: the change was made before, the answer lacks the secret. */
export class Replay extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super("This request was answered before.");
    this.result = result;
  }
}

/**
 * The only way to write: authority, change, event and idempotency record in one transaction, or
 * nothing. When it returns, no process accepts any more what the change has ended. Throws `forbidden` (recorded), `reauthentication_required`, 401 when the caller's
 * standing has ended, and whatever the work throws.
 */
export async function mutate<T, A extends Action, S extends object = object>(
  ctx: Ctx,
  act: Act<A>,
  work: (tx: Tx, now: Date, standing: Pick<Ctx, "principal" | "power">) => Promise<Change<T, S, NoInfer<A>>>,
): Promise<T & S> {
  try {
    const answer = await db().$transaction(async (tx) => {
      if (act.takesTurn) await takeTurn(tx, ctx.organizationId);
      const standing = await ctx.recheck(tx);
      requireAuthority(act, standing);
      if (act.isSensitive) requireProof(standing);
      const replayed = await claimIdempotency(tx, ctx);
      if (replayed) throw new Replay(replayed.response);
      const { result, secret, audit } = await work(tx, standing.now, standing);
      const entries = audit === IS_EVENTS ? [] : [audit].flat();
      for (const entry of entries) await writeEvent(tx, ctx, entry as AuditEntry<Action>);
      await storeResponse(tx, ctx, result);
      return { ...result, ...secret } as T & S;
    });
    await settleInvalidations();
    return answer;
  } catch (error) {
    if (error instanceof Replay || tellsOfAnEnd(error)) await settleInvalidations();
    if (error instanceof AppError && error.code === "forbidden") await recordRefusal(ctx, act, error);
    if (act.conflict && toAppError(error).code === "conflict" && !(error instanceof AppError))
      throw taken(act.conflict);
    throw error;
  }
}

/** What is read before a change is refused as the change itself would be: `forbidden`, and recorded as its own. */
export async function requireAct(ctx: Ctx, act: Act<Action>): Promise<void> {
  try {
    requireAuthority(act, ctx);
  } catch (error) {
    if (error instanceof AppError) await recordRefusal(ctx, act, error);
    throw error;
  }
}

/** Held to the end of the transaction; it does not keep others from adding what belongs to the organization. */
const takeTurn = (tx: Tx, organizationId: string) =>
  tx.$queryRaw`select 1 from organization where id = ${organizationId} for no key update`;

function requireAuthority(act: Act<Action>, standing: Pick<Ctx, "principal" | "power">): void {
  if (act.authority === "own") return;
  if (act.authority === "system") {
    if (standing.principal.kind !== "system") throw new Error(`${act.action} is the system's own act`);
    return;
  }
  requireHeld(standing, act.authority, act.instanceId);
}

const taken = ({ detail, pointer }: { detail: string; pointer?: string }) =>
  new AppError("conflict", detail, pointer ? { errors: [{ pointer, detail }] } : {});

/** A refused attempt is recorded in a transaction of its own: the refused one left nothing behind. */
async function recordRefusal(ctx: Ctx, act: Act<Action>, error: AppError): Promise<void> {
  await writeEvent(db(), ctx, {
    action: act.action,
    target: act.target ?? { id: null, name: ACTIONS[act.action].target },
    ...(act.instanceId && { instanceId: act.instanceId }),
    outcome: "denied",
    reason: error.message,
  });
}
