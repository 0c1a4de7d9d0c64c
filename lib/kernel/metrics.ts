import "server-only";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { processSlot } from "./process-slot";

/** Counted in plain numbers, as it happens with every check; Prometheus' form is made when it is asked for. */
class Tally<Labels extends string[]> {
  readonly #counts = new Map<string, number>();

  constructor(registry: Registry, name: string, help: string, labelNames: { [Label in keyof Labels]: string }) {
    const counts = this.#counts;
    new Counter<string>({
      name: `latchkey_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const [values, count] of counts) {
          const given = values.split("\0");
          this.inc(Object.fromEntries(labelNames.map((label, i) => [label, given[i] ?? ""])), count);
        }
      },
    });
  }

  /** Counts one, under a value for each label. Values are few and known: no id, no address. */
  inc(...values: Labels): void {
    this.add(1, ...values);
  }

  add(count: number, ...values: Labels): void {
    const name = values.length === 1 ? (values[0] as string) : values.join("\0");
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }
}

/** A value that is read when it is asked for; 0 until somebody says where it stands. */
class Reading {
  /** Where the value stands from now on. */
  from: () => number = () => 0;

  constructor(registry: Registry, name: string, help: string) {
    const read = () => this.from();
    new Gauge({
      name: `latchkey_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
}

export type Metrics = ReturnType<typeof create>;

const slot = processSlot<Metrics>("latchkey.metrics");

/** What this process has counted since it started, for `/metrics`. */
export function metrics(): Metrics {
  const known = slot.get();
  if (known) return known;
  const created = create();
  slot.set(created);
  return created;
}

function create() {
  const registry = new Registry();
  return {
    registry,
    checks: new Tally<[outcome: string]>(registry, "checks_total", "Credentials checked, by what was decided.", [
      "outcome",
    ]),
    cacheLookups: new Tally<[result: "hit" | "miss"]>(
      registry,
      "cache_lookups_total",
      "Well-formed credentials looked for in the cache; a miss asks the database.",
      ["result"],
    ),
    leaseHeld: new Reading(registry, "lease_held", "1 while this process may decide from its cache."),
    leaseLapses: new Tally<[]>(registry, "lease_lapses_total", "Times the lease ran out before it was renewed.", []),
    invalidationsApplied: new Tally<[]>(registry, "invalidations_applied_total", "Changes taken into the cache.", []),
    revocationWait: new Histogram({
      name: "latchkey_revocation_wait_seconds",
      help: "How long a change waited, after its commit, until every process had applied it.",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5],
      registers: [registry],
    }),
    limiterShared: new Reading(registry, "limiter_shared", "1 while Redis counts for all processes."),
    limiterFallbacks: new Tally<[]>(
      registry,
      "limiter_fallbacks_total",
      "Requests counted by this process alone because Redis did not answer.",
      [],
    ),
    sealedEvents: new Tally<[]>(registry, "audit_sealed_total", "Events that this process put into their logs.", []),
    sealingLag: new Histogram({
      name: "latchkey_audit_sealing_lag_seconds",
      help: "How long the first event of a batch had waited until its log had it.",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30],
      registers: [registry],
    }),
    unsealedSeconds: new Reading(
      registry,
      "audit_unsealed_seconds",
      "How long the oldest event that no log has yet is waiting, as this process saw last.",
    ),
    checkpointFailures: new Tally<[]>(
      registry,
      "audit_checkpoint_failures_total",
      "Times checkpoints could not be copied out of the database.",
      [],
    ),
    usagePending: new Reading(registry, "usage_pending", "Rows of usage that are not written yet."),
    usageFlushFailures: new Tally<[]>(registry, "usage_flush_failures_total", "Times usage could not be written.", []),
    usageDropped: new Tally<[]>(registry, "usage_dropped_total", "Rows of usage that were given up.", []),
  };
}
