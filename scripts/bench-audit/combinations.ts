import type { Client } from "pg";
import { shuffled } from "../bench/shuffled";

export interface Combination {
  name: string;
  query: Record<string, string>;
}

/** What events can be filtered by, each once with what is common and once with what is rare. */
async function singles(database: Client, organizationId: string): Promise<Record<string, Record<string, string>>> {
  const ranked = async (column: string, where = "true") => {
    const { rows } = await database.query<{ value: string }>(
      `select ${column} as value from audit_event tablesample system (1)
       where organization_id = $1 and ${column} is not null and ${where} group by 1 order by count(*) desc`,
      [organizationId],
    );
    const values = rows.map(({ value }) => value);
    return { common: values[0] as string, middling: values[20] ?? "", rare: values.at(-1) as string };
  };
  const [actor, target, ip] = [await ranked("actor_id"), await ranked("target_id"), await ranked("ip")];
  const { rare: request } = await ranked("request_id");
  const { common: action, rare: rareAction } = await ranked("action", "action not like 'api.%'");
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  return {
    "actor: common": { actor: actor.common },
    "actor: middling": { actor: actor.middling },
    "actor: rare": { actor: actor.rare },
    "kind of actor: API key": { actorType: "api_key" },
    "kind of actor: person": { actorType: "user" },
    "action: common": { action },
    "actions: two rare": { action: `${rareAction},policy.updated` },
    "target: common": { target: target.common },
    "target: rare": { target: target.rare },
    app: { app: (await ranked("app_id")).common },
    "instance: common": { instance: (await ranked("instance_id")).common },
    "instance: rare": { instance: (await ranked("instance_id")).rare },
    "outcome: allowed": { outcome: "allowed" },
    "outcome: failed": { outcome: "failed" },
    "address: common": { ip: ip.common },
    "address: rare": { ip: ip.rare },
    request: { request },
    "time: last hour": { time: "1h" },
    "time: last 30 days": { time: "30d" },
    "time: two years": { time: `${at(900)}/${at(170)}` },
    "time: one day, two years ago": { time: `${at(731)}/${at(730)}` },
    "text: common": { q: "deploy" },
    "text: very common": { q: "article" },
    "text: two letters": { q: "ar" },
    "text: rare": { q: "Article 19991" },
    "text: several words": { q: "Nightly export 7" },
    "text: nowhere": { q: "zebra crossing" },
  };
}

/** So many of them at once, in every way in which each filters by something else. */
function together(count: number, single: Combination[]): Combination[] {
  if (count === 1) return single;
  return single.flatMap((one, i) =>
    together(count - 1, single.slice(i + 1))
      .filter((others) => !Object.keys(one.query).some((key) => key in others.query))
      .map((others) => ({ name: `${one.name} ∧ ${others.name}`, query: { ...one.query, ...others.query } })),
  );
}

const TRIPLES = 60;

/** All singles, all their pairs, some of three, always the same, and what is worst: three that never meet, and everything at once. */
export async function combinations(database: Client, organizationId: string): Promise<Combination[]> {
  const single = Object.entries(await singles(database, organizationId)).map(([name, query]) => ({ name, query }));
  const triples = together(3, single);
  const [token] = (
    await database.query<{ actor: string; instance: string }>(
      `select actor_id as actor, instance_id as instance from audit_event tablesample system (0.2)
       where organization_id = $1 and actor_type = 'access_token' group by 1, 2 order by count(*) desc limit 1`,
      [organizationId],
    )
  ).rows;
  const [elsewhere] = (
    await database.query<{ instance: string }>(
      `select instance_id as instance from audit_event tablesample system (0.2)
       where organization_id = $1 and instance_id <> $2 group by 1 order by count(*) desc limit 1`,
      [organizationId, token?.instance],
    )
  ).rows;
  const never = { actor: token?.actor ?? "", instance: elsewhere?.instance ?? "" };
  return [
    { name: "nothing", query: {} },
    ...single,
    ...together(2, single),
    ...shuffled(triples.length)
      .slice(0, TRIPLES)
      .flatMap((number) => triples[number - 1] ?? []),
    { name: "never: the busiest token ∧ another busy instance", query: never },
    {
      name: "never: that ∧ allowed ∧ two years",
      query: { ...never, outcome: "allowed", ...single.find(({ name }) => name === "time: two years")?.query },
    },
    { name: "never: persons ∧ very common text of things", query: { actorType: "user", q: "article" } },
    {
      name: "everything but the request",
      query: { ...never, actorType: "access_token", outcome: "denied", ip: "203.0.0.1", q: "page", time: "1y" },
    },
  ];
}
