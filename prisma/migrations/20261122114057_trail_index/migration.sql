-- DropIndex
DROP INDEX "audit_event_organization_id_action_position_idx";

-- DropIndex
DROP INDEX "audit_event_organization_id_occurred_at_idx";

-- DropIndex
DROP INDEX "audit_event_organization_id_position_idx";

-- DropIndex
DROP INDEX "audit_event_organization_id_request_id_idx";

-- CreateTable
CREATE TABLE "audit_index" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "segments" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "audit_index_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_segment" (
    "organization_id" TEXT NOT NULL,
    "segment" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "audit_segment_pkey" PRIMARY KEY ("organization_id","segment")
);

-- CreateTable
CREATE TABLE "audit_term" (
    "id" SERIAL NOT NULL,
    "organization_id" TEXT NOT NULL,
    "facet" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "is_dense" BOOLEAN NOT NULL,

    CONSTRAINT "audit_term_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_posting" (
    "term_id" INTEGER NOT NULL,
    "segment" INTEGER NOT NULL,
    "bits" BIT(16384) NOT NULL,

    CONSTRAINT "audit_posting_pkey" PRIMARY KEY ("term_id","segment")
);

-- CreateTable
CREATE TABLE "audit_view" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_term_organization_id_facet_key_name_key" ON "audit_term"("organization_id", "facet", "key", "name");

-- CreateIndex
CREATE UNIQUE INDEX "audit_view_organization_id_user_id_name_key" ON "audit_view"("organization_id", "user_id", "name");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_position_occurred_at_idx" ON "audit_event"("organization_id", "position", "occurred_at");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_ip_position_idx" ON "audit_event"("organization_id", "ip", "position");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_request_id_position_idx" ON "audit_event"("organization_id", "request_id", "position");

-- What Prisma cannot say

INSERT INTO "audit_index" DEFAULT VALUES;
ALTER TABLE "audit_index" ADD CONSTRAINT "audit_index_one_row_check" CHECK ("id" = 1);

-- Beside its row a posting would cost three more reads. Sparse ones shrink to a few bytes.
ALTER TABLE "audit_posting" ALTER COLUMN "bits" SET STORAGE MAIN;

-- The bits at these offsets, each given with a 1.
DO $$ BEGIN
  EXECUTE format('CREATE AGGREGATE "audit_bits"(int, int) (SFUNC = set_bit, STYPE = bit, INITCOND = %L)', repeat('0', 16384));
END $$;

-- A name is looked for by its words, and a word by its three-letter parts: what contains a text contains all of its parts.
CREATE FUNCTION "audit_words"(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(string_to_array(translate(lower(name), '.,:;-_/\@#()[]"''+&', '                  '), ' '), '')
$$;
CREATE FUNCTION "audit_grams"(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(word, i, 3)), '{}') FROM generate_series(1, length(word) - 2) AS i
$$;
CREATE INDEX "audit_term_words_idx" ON "audit_term" USING gin ("audit_words"("name"))
  WHERE "facet" IN ('actor', 'target', 'action', 'reason');
CREATE INDEX "audit_term_grams_idx" ON "audit_term" USING gin ("audit_grams"("key")) WHERE "facet" = 'word';

-- A position below this one is taken or never will be: who inserts events holds the table while it takes one, and the
-- lock waits for all who do. Given up at once where that takes long, as other writers wait behind it.
CREATE FUNCTION "audit_settled_position"() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path FROM CURRENT SET lock_timeout = '200ms' AS $$
BEGIN
  LOCK TABLE "audit_event" IN SHARE MODE;
  RETURN (SELECT coalesce(max("position"), 0) FROM "audit_event");
END
$$;

-- Adds the events at positions [n * 16384, (n + 1) * 16384), which are settled, to the index.
CREATE FUNCTION "audit_index_segment"(n int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_position bigint := n::bigint * 16384;
BEGIN
  INSERT INTO "audit_segment" ("organization_id", "segment", "first_at", "last_at")
  SELECT "organization_id", n, min("occurred_at"), max("occurred_at") FROM "audit_event"
  WHERE "position" >= first_position AND "position" < first_position + 16384 AND "organization_id" IS NOT NULL
  GROUP BY "organization_id";

  CREATE TEMPORARY TABLE fact ON COMMIT DROP AS
  SELECT "organization_id", facet, left(coalesce(key, ''), 300) AS key, left(name, 300) AS name,
    array_agg(("position" - first_position)::int) AS offsets
  FROM "audit_event", LATERAL (VALUES
    ('all', '', ''),
    ('day', to_char("occurred_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD'), ''),
    ('hour', to_char("occurred_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24'), ''),
    ('actor', "actor_id", "actor_name"),
    ('actorType', "actor_type", ''),
    ('action', "action", "action"),
    ('verb', "verb"::text, ''),
    ('target', "target_id", "target_name"),
    ('app', "app_id", ''),
    ('instance', "instance_id", ''),
    ('outcome', "outcome"::text, ''),
    ('ip', "ip", ''),
    ('reason', '', coalesce("reason", ''))
  ) AS told (facet, key, name)
  WHERE "position" >= first_position AND "position" < first_position + 16384 AND "organization_id" IS NOT NULL
    AND (facet = 'all' OR coalesce(key, '') <> '' OR name <> '')
  GROUP BY 1, 2, 3, 4;

  -- Many names can have one word: were each of them looked up, a search for it would have no end.
  INSERT INTO fact
  SELECT "organization_id", 'word', word, '', array_agg(o)
  FROM fact, unnest("audit_words"(name)) AS word, unnest(offsets) AS o
  WHERE facet IN ('actor', 'target', 'action', 'reason')
  GROUP BY 1, 3;

  -- What has become frequent is dense from now on, under all of its names, and for what came before too.
  CREATE TEMPORARY TABLE risen ON COMMIT DROP AS
  SELECT "organization_id", facet, key FROM fact
  WHERE facet IN ('actor', 'target', 'ip', 'word') AND key <> ''
  GROUP BY 1, 2, 3 HAVING sum(cardinality(offsets)) >= 16
  EXCEPT SELECT "organization_id", "facet", "key" FROM "audit_term" WHERE "is_dense";
  UPDATE "audit_term" t SET "is_dense" = true FROM risen r
  WHERE t."organization_id" = r."organization_id" AND t."facet" = r.facet AND t."key" = r.key;

  INSERT INTO "audit_term" ("organization_id", "facet", "key", "name", "is_dense")
  SELECT *, facet NOT IN ('actor', 'target', 'ip', 'word') OR key = '' OR ("organization_id", facet, key) IN (SELECT * FROM risen)
    OR EXISTS (SELECT FROM "audit_term" t
      WHERE t."organization_id" = f."organization_id" AND t."facet" = f.facet AND t."key" = f.key AND t."is_dense")
  FROM (SELECT "organization_id", facet, key, name FROM fact) AS f
  -- An address has no name to be searched for.
  WHERE facet <> 'ip' OR ("organization_id", facet, key) IN (SELECT * FROM risen)
  ON CONFLICT DO NOTHING;

  INSERT INTO "audit_posting" ("term_id", "segment", "bits")
  SELECT t."id", n, (SELECT "audit_bits"(o, 1) FROM unnest(offsets) AS o) FROM fact f JOIN "audit_term" t
    ON t."organization_id" = f."organization_id" AND t."facet" = f.facet AND t."key" = f.key AND t."name" = f.name
  WHERE t."is_dense";

  INSERT INTO "audit_posting" ("term_id", "segment", "bits")
  SELECT t."id", e."position" / 16384, "audit_bits"((e."position" % 16384)::int, 1)
  FROM risen r JOIN "audit_term" t
    ON t."organization_id" = r."organization_id" AND t."facet" = r.facet AND t."key" = r.key
  CROSS JOIN LATERAL (
    SELECT "position", left("actor_name", 300) AS name FROM "audit_event"
    WHERE r.facet = 'actor' AND "organization_id" = r."organization_id" AND "actor_id" = r.key AND "position" < first_position
    UNION ALL
    SELECT "position", left("target_name", 300) FROM "audit_event"
    WHERE r.facet = 'target' AND "organization_id" = r."organization_id" AND "target_id" = r.key AND "position" < first_position
    UNION ALL
    SELECT "position", '' FROM "audit_event"
    WHERE r.facet = 'ip' AND "organization_id" = r."organization_id" AND "ip" = r.key AND "position" < first_position
  ) AS e
  WHERE t."name" = e.name
  GROUP BY 1, 2;

  -- What came before with a word that has become frequent is found by the names that have it.
  INSERT INTO "audit_posting" ("term_id", "segment", "bits")
  SELECT risen, segment, bit_or(bits) FROM (
    SELECT w."id" AS risen, t.* FROM risen r JOIN "audit_term" w
      ON w."organization_id" = r."organization_id" AND w."facet" = 'word' AND w."key" = r.key
    JOIN "audit_term" t ON t."organization_id" = r."organization_id"
      AND t."facet" IN ('actor', 'target', 'action', 'reason') AND "audit_words"(t."name") @> ARRAY[r.key]
    WHERE r.facet = 'word' AND n > 0
  ) AS named CROSS JOIN LATERAL (
    SELECT "segment", "bits" FROM "audit_posting" p WHERE p."term_id" = named."id" AND p."segment" < n AND named."is_dense"
    UNION ALL
    SELECT ("position" / 16384)::int, "audit_bits"(("position" % 16384)::int, 1) FROM "audit_event" e
    WHERE NOT named."is_dense" AND named."facet" = 'actor' AND e."organization_id" = named."organization_id"
      AND e."actor_id" = named."key" AND left(e."actor_name", 300) = named."name" AND e."position" < first_position GROUP BY 1
    UNION ALL
    SELECT ("position" / 16384)::int, "audit_bits"(("position" % 16384)::int, 1) FROM "audit_event" e
    WHERE NOT named."is_dense" AND named."facet" = 'target' AND e."organization_id" = named."organization_id"
      AND e."target_id" = named."key" AND left(e."target_name", 300) = named."name" AND e."position" < first_position GROUP BY 1
  ) AS known (segment, bits)
  GROUP BY 1, 2;

  DROP TABLE fact, risen;
END
$$;
