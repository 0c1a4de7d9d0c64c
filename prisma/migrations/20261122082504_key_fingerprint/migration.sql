-- CreateTable
CREATE TABLE "key_fingerprint" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "fingerprint" BYTEA NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_fingerprint_pkey" PRIMARY KEY ("id")
);

-- What Prisma cannot say

ALTER TABLE "key_fingerprint" ADD CONSTRAINT "key_fingerprint_single_check" CHECK ("id" = 1);
