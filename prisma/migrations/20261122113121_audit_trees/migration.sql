-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "external_id" TEXT,
ADD COLUMN     "reported_by" TEXT;

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "audit_retention_days" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "audit_pending" (
    "position" BIGINT NOT NULL,
    "log_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "log_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "size" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("log_id")
);

-- CreateTable
CREATE TABLE "audit_leaf" (
    "log_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "event_id" TEXT NOT NULL,
    "record" TEXT NOT NULL,

    CONSTRAINT "audit_leaf_pkey" PRIMARY KEY ("log_id","seq")
);

-- CreateTable
CREATE TABLE "audit_tile" (
    "log_id" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "hashes" BYTEA NOT NULL,

    CONSTRAINT "audit_tile_pkey" PRIMARY KEY ("log_id","level","index")
);

-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "log_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "root" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("log_id","epoch","size")
);

-- CreateTable
CREATE TABLE "audit_key" (
    "id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "public_key" BYTEA NOT NULL,
    "endorsement" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_sink" (
    "name" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "lease_ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_sink_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_archive" (
    "log_id" TEXT NOT NULL,
    "from_seq" BIGINT NOT NULL,
    "to_seq" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "file" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_archive_pkey" PRIMARY KEY ("log_id","from_seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_leaf_event_id_key" ON "audit_leaf"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_checkpoint_position_key" ON "audit_checkpoint"("position");

-- CreateIndex
CREATE UNIQUE INDEX "audit_key_generation_key" ON "audit_key"("generation");

-- What Prisma cannot say

-- A reporter's own id of an event names it once.
CREATE UNIQUE INDEX "audit_event_external_id_key" ON "audit_event"("organization_id", "reported_by", "external_id")
  WHERE "external_id" IS NOT NULL;

ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_reported_check"
  CHECK ("external_id" IS NULL OR "reported_by" IS NOT NULL);
ALTER TABLE "audit_tile" ADD CONSTRAINT "audit_tile_hashes_check"
  CHECK (octet_length("hashes") BETWEEN 32 AND 8192 AND octet_length("hashes") % 32 = 0);
-- Hashes do not compress.
ALTER TABLE "audit_tile" ALTER COLUMN "hashes" SET STORAGE EXTERNAL;

CREATE OR REPLACE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "audit_checkpoint_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_checkpoint"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_key_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_key"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_archive_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_archive"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

-- Heads and tiles grow, and are never taken back.
CREATE FUNCTION "refuse_shorter_audit_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."log_id" <> OLD."log_id" OR NEW."epoch" < OLD."epoch" OR NEW."size" < OLD."size" THEN
    RAISE EXCEPTION 'audit_log is append-only: it cannot shrink' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_log_append_only" BEFORE DELETE OR TRUNCATE ON "audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_log_grows" BEFORE UPDATE ON "audit_log"
  FOR EACH ROW EXECUTE FUNCTION "refuse_shorter_audit_log"();

CREATE FUNCTION "refuse_other_audit_hashes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."log_id", NEW."level", NEW."index") <> (OLD."log_id", OLD."level", OLD."index")
    OR substring(NEW."hashes" FROM 1 FOR octet_length(OLD."hashes")) <> OLD."hashes" THEN
    RAISE EXCEPTION 'audit_tile is append-only: its hashes cannot change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_tile_append_only" BEFORE DELETE OR TRUNCATE ON "audit_tile"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_tile_grows" BEFORE UPDATE ON "audit_tile"
  FOR EACH ROW EXECUTE FUNCTION "refuse_other_audit_hashes"();

-- Events and their records leave only after a bundle has them.
CREATE FUNCTION "refuse_unarchived_deletion"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_uncovered boolean;
BEGIN
  IF TG_TABLE_NAME = 'audit_event' THEN
    SELECT EXISTS (SELECT FROM gone WHERE NOT EXISTS (
      SELECT FROM "audit_leaf" l JOIN "audit_archive" a
        ON a."log_id" = l."log_id" AND a."from_seq" <= l."seq" AND l."seq" < a."to_seq"
      WHERE l."event_id" = gone."id")) INTO is_uncovered;
  ELSE
    SELECT EXISTS (SELECT FROM gone WHERE NOT EXISTS (
      SELECT FROM "audit_archive" a
      WHERE a."log_id" = gone."log_id" AND a."from_seq" <= gone."seq" AND gone."seq" < a."to_seq")) INTO is_uncovered;
  END IF;
  IF is_uncovered THEN
    RAISE EXCEPTION '% is append-only: DELETE is refused', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
DROP TRIGGER "audit_event_append_only" ON "audit_event";
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_event_leaves_archived" AFTER DELETE ON "audit_event"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "refuse_unarchived_deletion"();
CREATE TRIGGER "audit_leaf_append_only" BEFORE UPDATE OR TRUNCATE ON "audit_leaf"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_leaf_leaves_archived" AFTER DELETE ON "audit_leaf"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "refuse_unarchived_deletion"();

-- Every event waits for its log from the moment it exists, and stops waiting by being in it.
CREATE FUNCTION "await_audit_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "audit_pending" ("position", "log_id")
    SELECT "position", coalesce("organization_id", 'deployment') FROM added;
  RETURN NULL;
END
$$;
CREATE TRIGGER "audit_event_awaits_log" AFTER INSERT ON "audit_event"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "await_audit_log"();

CREATE FUNCTION "refuse_forgetting_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM gone JOIN "audit_event" e ON e."position" = gone."position"
    WHERE NOT EXISTS (SELECT FROM "audit_leaf" l WHERE l."event_id" = e."id")
  ) THEN
    RAISE EXCEPTION 'audit_pending: an event that is in no log has to wait' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "audit_pending_append_only" BEFORE UPDATE OR TRUNCATE ON "audit_pending"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_pending_leaves_sealed" AFTER DELETE ON "audit_pending"
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "refuse_forgetting_event"();

INSERT INTO "audit_pending" ("position", "log_id")
  SELECT "position", coalesce("organization_id", 'deployment') FROM "audit_event";
