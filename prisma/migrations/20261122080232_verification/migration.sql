-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "verification_max_age_seconds" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "invalidation" (
    "seq" BIGSERIAL NOT NULL,
    "target" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "invalidation_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "verifier" (
    "id" TEXT NOT NULL,
    "lease_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_seq" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_count" (
    "organization_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "permission" TEXT NOT NULL DEFAULT '',
    "count" BIGINT NOT NULL,

    CONSTRAINT "usage_count_pkey" PRIMARY KEY ("organization_id","credential_id","hour","outcome","permission")
);

-- CreateTable
CREATE TABLE "usage_caller" (
    "organization_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "allowed" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_caller_pkey" PRIMARY KEY ("organization_id","credential_id","ip")
);

-- CreateIndex
CREATE INDEX "invalidation_created_at_idx" ON "invalidation"("created_at");

-- CreateIndex
CREATE INDEX "usage_count_organization_id_hour_idx" ON "usage_count"("organization_id", "hour");

-- What Prisma cannot say

-- Deferred triggers run at COMMIT, after everything else the transaction did. The lock is held from there to its
-- end, so that seq is given out in the order of the commits and whoever has read up to n has missed nothing below it.
CREATE FUNCTION "invalidate"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was text := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ->> TG_ARGV[0] END;
  is_now text := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ->> TG_ARGV[0] END;
BEGIN
  PERFORM pg_advisory_xact_lock(20261122);
  INSERT INTO "invalidation" ("target")
    SELECT DISTINCT x FROM unnest(ARRAY[was, is_now]) AS x WHERE x IS NOT NULL;
  PERFORM pg_notify('latchkey_invalidation', '');
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "credential_invalidates" AFTER UPDATE OR DELETE ON "credential"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('id');

-- A version's last use is written all the time and changes no decision.
CREATE CONSTRAINT TRIGGER "credential_version_invalidates" AFTER UPDATE ON "credential_version"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD."ends_at", OLD."digest", OLD."created_at") IS DISTINCT FROM (NEW."ends_at", NEW."digest", NEW."created_at"))
  EXECUTE FUNCTION "invalidate"('credential_id');
CREATE CONSTRAINT TRIGGER "credential_version_deletion_invalidates" AFTER DELETE ON "credential_version"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('credential_id');

CREATE CONSTRAINT TRIGGER "app_invalidates" AFTER UPDATE OR DELETE ON "app"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('id');

CREATE CONSTRAINT TRIGGER "role_invalidates" AFTER UPDATE OR DELETE ON "role"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('id');
CREATE CONSTRAINT TRIGGER "role_rule_invalidates" AFTER INSERT OR UPDATE OR DELETE ON "role_rule"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('role_id');
CREATE CONSTRAINT TRIGGER "role_assignment_invalidates" AFTER INSERT OR UPDATE OR DELETE ON "role_assignment"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('user_id');

CREATE CONSTRAINT TRIGGER "user_invalidates" AFTER UPDATE ON "user"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD."status", OLD."totp_confirmed_at", OLD."first_name", OLD."last_name", OLD."email")
    IS DISTINCT FROM (NEW."status", NEW."totp_confirmed_at", NEW."first_name", NEW."last_name", NEW."email"))
  EXECUTE FUNCTION "invalidate"('id');

CREATE CONSTRAINT TRIGGER "organization_invalidates" AFTER UPDATE ON "organization"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('id');
CREATE CONSTRAINT TRIGGER "resource_invalidates" AFTER INSERT OR UPDATE OF "name", "organization_id" OR DELETE ON "resource"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('organization_id');

-- A session slides and a pair is used for the first time without any decision changing.
CREATE CONSTRAINT TRIGGER "session_invalidates" AFTER UPDATE ON "session"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD."ended_at", OLD."expires_at", OLD."created_at", OLD."digest")
    IS DISTINCT FROM (NEW."ended_at", NEW."expires_at", NEW."created_at", NEW."digest"))
  EXECUTE FUNCTION "invalidate"('id');
CREATE CONSTRAINT TRIGGER "login_grant_invalidates" AFTER UPDATE ON "login_grant"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD."ended_at", OLD."expires_at", OLD."created_at")
    IS DISTINCT FROM (NEW."ended_at", NEW."expires_at", NEW."created_at"))
  EXECUTE FUNCTION "invalidate"('id');
CREATE CONSTRAINT TRIGGER "login_pair_invalidates" AFTER UPDATE ON "login_pair"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD."ended_at", OLD."access_expires_at", OLD."created_at", OLD."access_digest")
    IS DISTINCT FROM (NEW."ended_at", NEW."access_expires_at", NEW."created_at", NEW."access_digest"))
  EXECUTE FUNCTION "invalidate"('grant_id');

CREATE CONSTRAINT TRIGGER "user_deletion_invalidates" AFTER DELETE ON "user"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('id');
CREATE CONSTRAINT TRIGGER "session_deletion_invalidates" AFTER DELETE ON "session"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('id');
CREATE CONSTRAINT TRIGGER "login_grant_deletion_invalidates" AFTER DELETE ON "login_grant"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('id');
CREATE CONSTRAINT TRIGGER "login_pair_deletion_invalidates" AFTER DELETE ON "login_pair"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "invalidate"('grant_id');
