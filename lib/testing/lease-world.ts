import { LEASE_MS } from "@/lib/kernel/settle";
import type { CredentialCache } from "@/lib/verification/cache";
import type { Found } from "@/lib/verification/found";
import type { Lease, LeaseStore, Moment } from "@/lib/verification/lease";
import { foundOf } from "./found";

/** Something on its way to the database and back: sent, then done there, then told. Each step may never come. */
interface Operation {
  run: () => unknown;
  tell: (answer: unknown) => void;
  fail: (error: Error) => void;
  answer?: { value: unknown };
}

export interface Parts {
  lease: typeof Lease;
  cache: typeof CredentialCache;
  store: (store: LeaseStore) => LeaseStore;
  waits: boolean;
}

/** A few processes around one simulated database. Nothing happens by itself: a schedule says what happens next. */
export class LeaseWorld {
  readonly #parts: Parts;
  readonly #processes: SimulatedProcess[];
  readonly #log: { seq: bigint; target: string }[] = [];
  readonly #leases = new Map<string, { grantedAt: number; applied: bigint }>();
  /** How often each credential was changed, and up to which change its revocation has returned. */
  readonly #version = new Map<string, number>();
  readonly #returned = new Map<string, number>();
  /** Each under way, with when it first saw each lease that it waits for. */
  readonly #revocations = new Set<{ target: string; version: number; seq: bigint; seen: Map<string, number> }>();
  #time = 1_000_000;
  #born = 0;
  /** Checks answered from memory that accepted what had been revoked before they began. */
  stale = 0;
  answeredFromMemory = 0;

  constructor(size: number, parts: Parts) {
    this.#parts = parts;
    this.#processes = Array.from({ length: size }, () => this.#spawn());
  }

  process(index: number): SimulatedProcess {
    return this.#processes[index % this.#processes.length] as SimulatedProcess;
  }

  pass(ms: number): void {
    this.#time += ms;
  }

  /** Its rows stay behind; what it had sent is never told. */
  crash(index: number): void {
    this.#processes[index % this.#processes.length] = this.#spawn();
  }

  check(process: SimulatedProcess, target: string): void {
    if (process.isStopped || !process.lease.isUsable()) return;
    const found = process.cache.get(target);
    if (!found) return;
    this.answeredFromMemory += 1;
    if (versionOf(found) < (this.#returned.get(target) ?? 0)) this.stale += 1;
  }

  load(process: SimulatedProcess, target: string): void {
    if (process.isStopped) return;
    const remember = process.cache.beginLoad();
    const read = process.send(() => this.#version.get(target) ?? 0);
    void read.then((version) => remember(target, foundWith(target, version))).catch(() => undefined);
  }

  /** Commits a change of the credential with its invalidation. It has not returned yet. */
  revoke(target: string): void {
    const version = (this.#version.get(target) ?? 0) + 1;
    const seq = BigInt(this.#log.length + 1);
    this.#version.set(target, version);
    this.#log.push({ seq, target });
    this.#revocations.add({ target, version, seq, seen: new Map() });
  }

  /**
   * Every revocation under way looks once whether somebody has still to apply it, and gives up whoever has not
   * renewed for the length of a lease; if nobody is left, it returns.
   */
  poll(): void {
    for (const revocation of this.#revocations) {
      const { target, version, seq, seen } = revocation;
      for (const [id, { grantedAt, applied }] of this.#leases) {
        const name = `${id} ${grantedAt}`;
        if (applied >= seq) continue;
        if (!seen.has(name)) seen.set(name, this.#time);
        if (this.#time - (seen.get(name) ?? this.#time) > LEASE_MS) this.#leases.delete(id);
      }
      if (this.#parts.waits && [...this.#leases.values()].some(({ applied }) => applied < seq)) continue;
      this.#revocations.delete(revocation);
      this.#returned.set(target, Math.max(version, this.#returned.get(target) ?? 0));
    }
  }

  #spawn(): SimulatedProcess {
    const id = `process ${(this.#born += 1)}`;
    const cache = new this.#parts.cache(10);
    const send: SimulatedProcess["send"] = (run) => process.send(run);
    const store: LeaseStore = {
      renew: (applied) =>
        send(() => {
          this.#leases.set(id, { grantedAt: this.#time, applied });
          return new Date(this.#time);
        }),
      confirm: (applied) =>
        send(() => {
          const lease = this.#leases.get(id);
          if (lease) lease.applied = applied;
        }),
      invalidationsAfter: (seq) => send(() => this.#log.filter((one) => one.seq > seq)),
      lastSeq: () => send(() => BigInt(this.#log.length)),
      release: () => send(() => void this.#leases.delete(id)),
    };
    const clock = () => process.moment(this.#time);
    const process: SimulatedProcess = new SimulatedProcess(
      cache,
      new this.#parts.lease(this.#parts.store(store), cache, clock),
    );
    return process;
  }
}

export class SimulatedProcess {
  readonly cache: CredentialCache;
  readonly lease: Lease;
  readonly #operations: Operation[] = [];
  #stop: { at: number; isSuspended: boolean } | undefined;
  #suspendedMs = 0;

  constructor(cache: CredentialCache, lease: Lease) {
    this.cache = cache;
    this.lease = lease;
  }

  get isStopped(): boolean {
    return this.#stop !== undefined;
  }
  /** Its monotonic clock stands still while the machine is suspended; its wall clock does not. */
  moment(time: number): Moment {
    return { monotonic: time - this.#suspendedMs, wall: time };
  }

  send<R>(run: () => R): Promise<R> {
    return new Promise<R>((tell, fail) => {
      this.#operations.push({ run, tell: tell as (answer: unknown) => void, fail });
    });
  }

  begin(work: "renew" | "hint"): void {
    if (!this.isStopped) this.lease[work]().catch(() => undefined);
  }

  /** The database does one of the things it was sent. */
  execute(index: number): void {
    const sent = this.#operations.filter(({ answer }) => !answer);
    const operation = sent[index % Math.max(1, sent.length)];
    if (operation) operation.answer = { value: operation.run() };
  }

  /** One answer arrives. */
  deliver(index: number): void {
    if (this.isStopped) return;
    const done = this.#operations.filter(({ answer }) => answer);
    const operation = done[index % Math.max(1, done.length)];
    if (!operation?.answer) return;
    this.#operations.splice(this.#operations.indexOf(operation), 1);
    operation.tell(operation.answer.value);
  }

  /** A connection breaks: what was sent may or may not have been done, and the answer is lost. */
  lose(): void {
    if (this.isStopped) return;
    this.#operations.shift()?.fail(new Error("The connection was lost."));
    this.lease.reconnected();
  }

  stop(time: number, isSuspended: boolean): void {
    this.#stop ??= { at: time, isSuspended };
  }

  wake(time: number): void {
    if (this.#stop?.isSuspended) this.#suspendedMs += time - this.#stop.at;
    this.#stop = undefined;
  }
}

/** A record that carries its version as the version of its principal. */
export function foundWith(target: string, version: number): Found {
  const principal = { kind: "api_key" as const, id: target, name: target, version, appId: "", appName: "" };
  return foundOf(principal, { kind: "none" }, [target]);
}

const versionOf = ({ standing }: Found) => Number("version" in standing.principal && standing.principal.version);
