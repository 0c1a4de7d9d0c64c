/** A number of [0, 1) that depends on the event and on what it is for, the same in every run. */
const chance = (purpose: number) => `((hashint8extended(i, ${purpose}) & 1073741823) / 1073741824.0::float8)`;

/** A number of 1 … n of which the small ones are by far the most frequent. */
const skewed = (purpose: number, n: number) => `floor(exp(${chance(purpose)} * ln(${n}::float8)))::int`;

const pick = (list: string[], index: string) =>
  `(array[${list.map((each) => `'${each}'`).join(",")}])[(${index}) % ${list.length} + 1]`;

const id = (prefix: string, kind: string, rank: string) =>
  `'${prefix}-' || lpad(to_hex(1700000000000 + ${rank}), 11, '0') || '-' || substr(md5('${kind}' || org || ${rank}), 1, 8)`;

const WORK = [
  "Nightly export",
  "Deploy bot",
  "Billing sync",
  "Search indexer",
  "Point of sale",
  "Backup",
  "Gift cards",
];
const FIRST = ["Dana", "Amir", "Chloe", "Mateo", "Yuki", "Ingrid", "Sam", "Noor", "Ola", "Priya", "Jonas", "Lea"];
const LAST = ["Okafor", "Haddad", "Martin", "Garcia", "Tanaka", "Larsen", "Reed", "Khan", "Nowak", "Patel", "Weber"];
const BY_CREDENTIAL = ["updated", "published", "created", "read", "deleted", "unpublished"];
const BY_PERSON = [
  ...["session.started", "session.ended", "key.updated", "token.issued", "app.updated", "key.rotated", "key.generated"],
  ...["role.updated", "user.role_assigned", "token.revoked", "key.revoked", "user.updated", "instance.updated"],
  ...["policy.updated", "app.registered", "invite.sent", "role.rules_changed", "user.deactivated", "token.renewed"],
];
const PLACES = ["Article", "Page", "Photo", "Menu", "Price list", "Appointment", "Guest", "Form"];

/**
 * Three years of events: $1 … $2 of $4 in all, most of them of the organization $3, positions from $5. More by
 * day than by night; a few actors, targets and addresses do most; a token works on one instance alone.
 */
export const EVENTS = `
  with chosen as (
    select i,
      now() - interval '1095 days' * (1 - (u + 0.9 / (2 * pi() * 1095) * sin(2 * pi() * 1095 * u)))
        + interval '1 second' * ${chance(1)} as occurred_at,
      case when r < 0.93 then $3 else 'bench-' || floor(r * 1000)::int % 4 end as org,
      ${skewed(2, 2000)} as actor, ${skewed(3, 200_000)} as target, ${skewed(4, 50_000)} as address,
      ${chance(5)} as what, ${chance(6)} as fate, ${skewed(7, 20)} as place
    from (select i, i::float8 / $4 as u, ${chance(8)} as r from generate_series($1::bigint, $2::bigint - 1) i) one
  ), typed as (
    select *, case when actor % 20 < 12 then 'api_key' when actor % 20 < 16 then 'access_token'
      when actor % 20 < 17 then 'login_token' when actor % 20 < 19 then 'user' else 'system' end as actor_type
    from chosen
  ), told as (
    select *, actor_type in ('user', 'system') as by_person,
      case when actor_type in ('user', 'system') then ${pick(BY_PERSON, `floor(exp(what * ln(${BY_PERSON.length})))::int`)}
        else 'api.' || ${pick(["content", "media", "booking"], "actor")} || '.' || ${pick(BY_CREDENTIAL, "floor(exp(what * ln(6)))::int")} end as action
    from typed
  )
  insert into audit_event (id, position, organization_id, occurred_at, actor_type, actor_id, actor_name, action, verb,
    target_type, target_id, target_name, app_id, instance_id, outcome, reason, request_id, ip, user_agent, before, after)
  select '15-' || lpad(to_hex((extract(epoch from occurred_at) * 1000)::bigint), 11, '0') || '-' || lpad(to_hex(i), 8, '0'),
    $5::bigint + 1 + i, org, occurred_at, actor_type,
    case actor_type when 'system' then null when 'user' then ${id("5", "user", "actor")}
      when 'access_token' then ${id("55", "token", "actor")} when 'login_token' then ${id("80", "app", "actor % 40")}
      else ${id("56", "key", "actor")} end,
    case actor_type when 'system' then 'Latchkey'
      when 'user' then ${pick(FIRST, "actor")} || ' ' || ${pick(LAST, "actor / 3")}
      else ${pick(WORK, "actor")} || ' ' || actor end,
    action, 1 + floor(what * 3)::int,
    case when by_person then split_part(action, '.', 1) else 'content' end,
    case when by_person and what < 0.3 then ${id("58", "session", "i")}
      when by_person then ${id("57", "thing", "target % 3000")} else ${id("7", "item", "target")} end,
    case when by_person then ${pick(FIRST, "target")} || ' ' || ${pick(LAST, "target / 3")}
      else ${pick(PLACES, "target")} || ' ' || target end,
    case actor_type when 'api_key' then ${id("80", "app", "actor % 40")} end,
    case actor_type when 'access_token' then ${id("8", "instance", "actor % 20")}
      when 'api_key' then ${id("8", "instance", "place")} end,
    (case when fate < 0.92 then 'allowed' when fate < 0.98 then 'denied' else 'failed' end)::audit_outcome,
    case when fate >= 0.92 and fate < 0.98 then 'missing ' || ${pick(["content", "media", "booking"], "actor")} || ':delete'
      when fate >= 0.98 then 'not found' end,
    'req_' || substr(md5('r' || i), 1, 20),
    '203.' || address / 65536 || '.' || address / 256 % 256 || '.' || address % 256,
    ${pick(["deploy/2.4", "node", "curl/8.5.0", "python-requests/2.32", "Mozilla/5.0 Firefox/143.0"], "actor")},
    case when what > 0.6 then jsonb_build_object('status', 'draft', 'version', target % 9) end,
    case when what > 0.3 then jsonb_build_object('status', 'published', 'version', target % 9 + 1) end
  from told`;
