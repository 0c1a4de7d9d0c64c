-- So that the role that serves needs no DELETE on the trail: the next events of this log that an archive has leave with
-- their records. The triggers refuse any other, as always. Answers how many left.
CREATE FUNCTION "drop_archived_events"(log text, at_most int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  left_events text[];
BEGIN
  SELECT array_agg("event_id") INTO left_events FROM (
    SELECT l."event_id" FROM "audit_leaf" l
    WHERE l."log_id" = log AND l."seq" < (SELECT max(a."to_seq") FROM "audit_archive" a WHERE a."log_id" = log)
    ORDER BY l."seq" LIMIT at_most
  ) AS due;
  DELETE FROM "audit_event" WHERE "id" = ANY(left_events);
  DELETE FROM "audit_leaf" WHERE "event_id" = ANY(left_events);
  RETURN coalesce(cardinality(left_events), 0);
END
$$;

-- What runs as the owner must see the owner's tables: a caller's temporary one of the same name would come first.
DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION "drop_archived_events"(text, int) SET search_path = %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION "audit_settled_position"() SET search_path = %I, pg_temp', current_schema());
END $$;
