-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "user_kind" AS ENUM ('employee', 'guest');

-- CreateEnum
CREATE TYPE "user_status" AS ENUM ('invited', 'active', 'deactivated');

-- CreateEnum
CREATE TYPE "login_user_type" AS ENUM ('employee', 'guest', 'both');

-- CreateEnum
CREATE TYPE "key_access" AS ENUM ('full', 'restricted');

-- CreateEnum
CREATE TYPE "token_access" AS ENUM ('role', 'restricted');

-- CreateEnum
CREATE TYPE "credential_kind" AS ENUM ('api_key');

-- CreateEnum
CREATE TYPE "audit_outcome" AS ENUM ('allowed', 'denied', 'failed');

-- CreateTable
CREATE TABLE "organization" (
    "id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "idle_minutes" INTEGER NOT NULL DEFAULT 30,
    "session_hours" INTEGER NOT NULL DEFAULT 12,
    "rotation_overlap_hours" INTEGER NOT NULL DEFAULT 168,
    "rotation_max_hours" INTEGER NOT NULL DEFAULT 720,
    "password_min_length" INTEGER NOT NULL DEFAULT 15,
    "lockout_threshold" INTEGER NOT NULL DEFAULT 5,
    "lockout_minutes" INTEGER NOT NULL DEFAULT 5,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployment" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "organization_id" TEXT NOT NULL,
    "set_up_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_code" (
    "digest" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_code_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "instance" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "kind" "user_kind" NOT NULL DEFAULT 'employee',
    "status" "user_status" NOT NULL DEFAULT 'active',
    "password_hash" TEXT,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "instance_id" TEXT,
    "system_role_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_static" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_assignment" (
    "user_id" TEXT NOT NULL,
    "role_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_assignment_pkey" PRIMARY KEY ("user_id","role_id")
);

-- CreateTable
CREATE TABLE "app" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "uri" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "login_user_type" "login_user_type" NOT NULL DEFAULT 'employee',
    "post_login_redirects" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "post_logout_redirects" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "key_access" "key_access" NOT NULL DEFAULT 'full',
    "key_permissions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "token_access" "token_access" NOT NULL DEFAULT 'role',
    "token_permissions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "secret_digest" BYTEA NOT NULL,
    "secret_hint" TEXT NOT NULL,
    "secret_created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "kind" "credential_kind" NOT NULL,
    "app_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "not_before" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "allowed_cidrs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "rate_requests" INTEGER,
    "rate_seconds" INTEGER,
    "disabled_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by_id" TEXT,
    "revoked_by_name" TEXT,
    "revocation_reason" TEXT,
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential_version" (
    "credential_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "last_user_agent" TEXT,
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credential_version_pkey" PRIMARY KEY ("credential_id","number")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_action_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "proved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_throttle" (
    "bucket" BYTEA NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_ends" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "login_throttle_pkey" PRIMARY KEY ("bucket")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "organization_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_digest" BYTEA NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("organization_id","actor_id","key")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "organization_id" TEXT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "verb" INTEGER NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT,
    "target_name" TEXT NOT NULL,
    "app_id" TEXT,
    "instance_id" TEXT,
    "outcome" "audit_outcome" NOT NULL,
    "reason" TEXT,
    "request_id" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_account_name_key" ON "organization"("account_name");

-- CreateIndex
CREATE UNIQUE INDEX "instance_id_organization_id_key" ON "instance"("id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "instance_organization_id_name_key" ON "instance"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_id_organization_id_key" ON "user"("id", "organization_id");

-- CreateIndex
CREATE INDEX "role_organization_id_instance_id_idx" ON "role"("organization_id", "instance_id");

-- CreateIndex
CREATE UNIQUE INDEX "role_id_organization_id_key" ON "role"("id", "organization_id");

-- CreateIndex
CREATE INDEX "role_assignment_role_id_idx" ON "role_assignment"("role_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_secret_digest_key" ON "app"("secret_digest");

-- CreateIndex
CREATE INDEX "app_organization_id_created_at_id_idx" ON "app"("organization_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "app_id_organization_id_key" ON "app"("id", "organization_id");

-- CreateIndex
CREATE INDEX "credential_organization_id_created_at_id_idx" ON "credential"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "credential_app_id_created_at_id_idx" ON "credential"("app_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credential_version_digest_key" ON "credential_version"("digest");

-- CreateIndex
CREATE INDEX "session_user_id_created_at_idx" ON "session"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "idempotency_record_created_at_idx" ON "idempotency_record"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_position_key" ON "audit_event"("position");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_position_idx" ON "audit_event"("organization_id", "position");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_target_id_position_idx" ON "audit_event"("organization_id", "target_id", "position");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_actor_id_position_idx" ON "audit_event"("organization_id", "actor_id", "position");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_action_position_idx" ON "audit_event"("organization_id", "action", "position");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_occurred_at_idx" ON "audit_event"("organization_id", "occurred_at");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_request_id_idx" ON "audit_event"("organization_id", "request_id");

-- AddForeignKey
ALTER TABLE "instance" ADD CONSTRAINT "instance_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_instance_id_organization_id_fkey" FOREIGN KEY ("instance_id", "organization_id") REFERENCES "instance"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_user_id_organization_id_fkey" FOREIGN KEY ("user_id", "organization_id") REFERENCES "user"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_role_id_organization_id_fkey" FOREIGN KEY ("role_id", "organization_id") REFERENCES "role"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app" ADD CONSTRAINT "app_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_app_id_organization_id_fkey" FOREIGN KEY ("app_id", "organization_id") REFERENCES "app"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential_version" ADD CONSTRAINT "credential_version_credential_id_fkey" FOREIGN KEY ("credential_id") REFERENCES "credential"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_organization_id_fkey" FOREIGN KEY ("user_id", "organization_id") REFERENCES "user"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say

-- A name is taken by the living only: a deleted app and a revoked key free theirs.
CREATE UNIQUE INDEX "app_live_name_key" ON "app"("organization_id", lower("name")) WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "credential_live_name_key" ON "credential"("app_id", lower("name")) WHERE "revoked_at" IS NULL;

ALTER TABLE "deployment" ADD CONSTRAINT "deployment_single_check" CHECK ("id" = 1);
ALTER TABLE "credential" ADD CONSTRAINT "credential_rate_check"
  CHECK (("rate_requests" IS NULL) = ("rate_seconds" IS NULL) AND "rate_requests" > 0 AND "rate_seconds" > 0);
ALTER TABLE "credential" ADD CONSTRAINT "credential_period_check" CHECK ("expires_at" > "not_before");
-- A list is empty or not, never absent: nothing may read an absent one as everything.
ALTER TABLE "app" ADD CONSTRAINT "app_lists_check" CHECK (
  "post_login_redirects" IS NOT NULL AND "post_logout_redirects" IS NOT NULL
  AND "key_permissions" IS NOT NULL AND "token_permissions" IS NOT NULL);
ALTER TABLE "credential" ADD CONSTRAINT "credential_lists_check" CHECK ("allowed_cidrs" IS NOT NULL);
ALTER TABLE "credential_version" ADD CONSTRAINT "credential_version_number_check" CHECK ("number" >= 1);

-- History is only ever added to.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
