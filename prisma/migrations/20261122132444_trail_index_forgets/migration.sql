-- CreateIndex
CREATE INDEX "audit_posting_segment_idx" ON "audit_posting"("segment");

-- What Prisma cannot say

-- Events that leave for an archive leave the index too, and so do the names that nothing has any more.
CREATE FUNCTION "audit_unindex"() RETURNS trigger LANGUAGE plpgsql AS $$
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
    AND NOT (t."facet" = 'actor' AND EXISTS (SELECT FROM "audit_event" e
      WHERE e."organization_id" = t."organization_id" AND e."actor_id" = t."key" AND left(e."actor_name", 300) = t."name"))
    AND NOT (t."facet" = 'target' AND EXISTS (SELECT FROM "audit_event" e
      WHERE e."organization_id" = t."organization_id" AND e."target_id" = t."key" AND left(e."target_name", 300) = t."name"));
  DELETE FROM "audit_term" w USING left_term l
  WHERE w."organization_id" = l."organization_id" AND w."facet" = 'word' AND w."key" = ANY("audit_words"(l."name"))
    AND NOT EXISTS (SELECT FROM "audit_term" t WHERE t."organization_id" = w."organization_id"
      AND t."facet" IN ('actor', 'target', 'action', 'reason') AND "audit_words"(t."name") @> ARRAY[w."key"]);

  DROP TABLE left_bits, left_term;
  RETURN NULL;
END
$$;
CREATE TRIGGER "audit_event_leaves_index" AFTER DELETE ON "audit_event"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "audit_unindex"();
