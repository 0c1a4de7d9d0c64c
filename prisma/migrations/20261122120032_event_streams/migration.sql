-- CreateEnum
CREATE TYPE "stream_kind" AS ENUM ('webhook', 'syslog');

-- AlterTable
ALTER TABLE "credential" ADD COLUMN     "quarantined_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "event_stream" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "kind" "stream_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "ca" TEXT,
    "secret" BYTEA,
    "secret_hint" TEXT,
    "earlier_secret" BYTEA,
    "earlier_ends_at" TIMESTAMPTZ(3),
    "cursor" BIGINT NOT NULL,
    "lease_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "pause_reason" TEXT,
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_delivery" (
    "stream_id" TEXT NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "duration_ms" INTEGER NOT NULL,
    "from_seq" BIGINT NOT NULL,
    "to_seq" BIGINT NOT NULL,
    "status" INTEGER,
    "error" TEXT,

    CONSTRAINT "stream_delivery_pkey" PRIMARY KEY ("stream_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "event_stream_organization_id_name_key" ON "event_stream"("organization_id", "name");

-- AddForeignKey
ALTER TABLE "event_stream" ADD CONSTRAINT "event_stream_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stream_delivery" ADD CONSTRAINT "stream_delivery_stream_id_fkey" FOREIGN KEY ("stream_id") REFERENCES "event_stream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
