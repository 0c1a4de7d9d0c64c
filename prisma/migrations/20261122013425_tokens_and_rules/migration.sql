-- AlterEnum
ALTER TYPE "credential_kind" ADD VALUE 'access_token';

-- AlterTable
ALTER TABLE "credential" ADD COLUMN     "instance_id" TEXT,
ADD COLUMN     "role_id" TEXT,
ALTER COLUMN "app_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "token_max_days" INTEGER NOT NULL DEFAULT 90;

-- AlterTable
ALTER TABLE "role" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "digest" BYTEA;

-- CreateTable
CREATE TABLE "role_rule" (
    "id" TEXT NOT NULL,
    "role_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "create" BOOLEAN,
    "read" BOOLEAN,
    "update" BOOLEAN,
    "delete" BOOLEAN,
    "publish" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "role_rule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "role_rule_role_id_resource_key" ON "role_rule"("role_id", "resource");

-- CreateIndex
CREATE INDEX "credential_instance_id_created_at_id_idx" ON "credential"("instance_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "credential_role_id_idx" ON "credential"("role_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_digest_key" ON "session"("digest");

-- AddForeignKey
ALTER TABLE "role_rule" ADD CONSTRAINT "role_rule_role_id_organization_id_fkey" FOREIGN KEY ("role_id", "organization_id") REFERENCES "role"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_instance_id_organization_id_fkey" FOREIGN KEY ("instance_id", "organization_id") REFERENCES "instance"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_role_id_organization_id_fkey" FOREIGN KEY ("role_id", "organization_id") REFERENCES "role"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_created_by_id_organization_id_fkey" FOREIGN KEY ("created_by_id", "organization_id") REFERENCES "user"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say

-- A key has an app; a token has an instance, a role and an end.
ALTER TABLE "credential" ADD CONSTRAINT "credential_place_check" CHECK (
  num_nonnulls("app_id", "instance_id") = 1 AND ("instance_id" IS NULL) = ("role_id" IS NULL)
  AND ("instance_id" IS NULL OR "expires_at" IS NOT NULL));
ALTER TABLE "organization" ADD CONSTRAINT "organization_token_max_days_check" CHECK ("token_max_days" BETWEEN 1 AND 3650);

-- One name means one role, where it is held; a deleted one frees it.
CREATE UNIQUE INDEX "role_live_name_key" ON "role"("organization_id", coalesce("instance_id", ''), lower("name"))
  WHERE "deleted_at" IS NULL;
