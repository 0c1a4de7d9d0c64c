-- What Prisma cannot say

-- As before, but each word is looked up by itself: joined, every word of the trail was compared with every name that left.
-- What is dense has its bits, which tell whether anything has it still.
CREATE OR REPLACE FUNCTION "audit_unindex"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  left_word record;
BEGIN
  -- Who adds a segment holds the row: what it has read before these events left must not come after.
  PERFORM FROM "audit_index" FOR UPDATE;

  CREATE TEMPORARY TABLE left_bits ON COMMIT DROP AS
  SELECT "organization_id", ("position" / 16384)::int AS segment, ~"audit_bits"(("position" % 16384)::int, 1) AS others
  FROM gone GROUP BY 1, 2;
  UPDATE "audit_posting" p SET "bits" = p."bits" & l.others FROM left_bits l, "audit_term" t
  WHERE p."segment" = l.segment AND t."id" = p."term_id" AND t."organization_id" = l."organization_id"
    AND p."bits" & l.others <> p."bits";
  DELETE FROM "audit_posting" p USING left_bits l WHERE p."segment" = l.segment AND bit_count(p."bits") = 0;

  CREATE TEMPORARY TABLE left_term ON COMMIT DROP AS
  SELECT DISTINCT t.* FROM gone CROSS JOIN LATERAL (VALUES
    ('day', to_char("occurred_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD'), ''),
    ('hour', to_char("occurred_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24'), ''),
    ('actor', coalesce("actor_id", ''), left("actor_name", 300)),
    ('target', coalesce("target_id", ''), left("target_name", 300)),
    ('ip', "ip", ''),
    ('reason', '', left("reason", 300))
  ) AS told (facet, key, name) JOIN "audit_term" t
    ON t."organization_id" = gone."organization_id" AND t."facet" = told.facet AND t."key" = told.key AND t."name" = told.name;
  DELETE FROM "audit_term" t USING left_term l
  WHERE t."id" = l."id" AND NOT EXISTS (SELECT FROM "audit_posting" p WHERE p."term_id" = t."id")
    AND (t."is_dense" OR NOT (t."facet" = 'actor' AND EXISTS (SELECT FROM "audit_event" e
      WHERE e."organization_id" = t."organization_id" AND e."actor_id" = t."key" AND left(e."actor_name", 300) = t."name")))
    AND (t."is_dense" OR NOT (t."facet" = 'target' AND EXISTS (SELECT FROM "audit_event" e
      WHERE e."organization_id" = t."organization_id" AND e."target_id" = t."key" AND left(e."target_name", 300) = t."name")));

  FOR left_word IN
    SELECT w."id", w."organization_id", w."key" FROM (
      SELECT DISTINCT l."organization_id", word FROM left_term l CROSS JOIN LATERAL unnest("audit_words"(l."name")) AS word
    ) AS said JOIN "audit_term" w
      ON w."organization_id" = said."organization_id" AND w."facet" = 'word' AND w."key" = said.word AND w."name" = ''
    WHERE NOT EXISTS (SELECT FROM "audit_posting" p WHERE p."term_id" = w."id")
  LOOP
    -- By the index of words alone: that of the organization would lead through all of its names.
    PERFORM FROM (
      SELECT "organization_id" FROM "audit_term"
      WHERE "facet" IN ('actor', 'target', 'action', 'reason') AND "audit_words"("name") @> ARRAY[left_word."key"] OFFSET 0
    ) AS named WHERE "organization_id" = left_word."organization_id";
    IF NOT FOUND THEN DELETE FROM "audit_term" WHERE "id" = left_word."id"; END IF;
  END LOOP;

  DROP TABLE left_bits, left_term;
  RETURN NULL;
END
$$;

-- Entries that wait to be put in order are read from the first to the last by every look-up, and nothing puts them in order
-- where no autovacuum runs, as in the embedded store.
ALTER INDEX "audit_term_words_idx" SET (fastupdate = off);
ALTER INDEX "audit_term_grams_idx" SET (fastupdate = off);
SELECT gin_clean_pending_list('audit_term_words_idx'), gin_clean_pending_list('audit_term_grams_idx');
