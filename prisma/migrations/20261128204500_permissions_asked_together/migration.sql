-- AlterTable
ALTER TABLE "usage_count" ADD COLUMN     "together" BIGINT NOT NULL DEFAULT 0;
