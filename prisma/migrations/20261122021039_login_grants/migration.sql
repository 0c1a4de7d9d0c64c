-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "login_access_hours" INTEGER NOT NULL DEFAULT 24,
ADD COLUMN     "login_refresh_days" INTEGER NOT NULL DEFAULT 90;

-- CreateTable
CREATE TABLE "login_grant" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "device_id" TEXT,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,

    CONSTRAINT "login_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_pair" (
    "grant_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "access_digest" BYTEA NOT NULL,
    "refresh_digest" BYTEA NOT NULL,
    "access_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "refresh_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_used_at" TIMESTAMPTZ(3),
    "refreshed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "login_pair_pkey" PRIMARY KEY ("grant_id","number")
);

-- CreateIndex
CREATE INDEX "login_grant_user_id_created_at_idx" ON "login_grant"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "login_grant_app_id_created_at_idx" ON "login_grant"("app_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "login_pair_access_digest_key" ON "login_pair"("access_digest");

-- CreateIndex
CREATE UNIQUE INDEX "login_pair_refresh_digest_key" ON "login_pair"("refresh_digest");

-- AddForeignKey
ALTER TABLE "login_grant" ADD CONSTRAINT "login_grant_user_id_organization_id_fkey" FOREIGN KEY ("user_id", "organization_id") REFERENCES "user"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login_grant" ADD CONSTRAINT "login_grant_app_id_organization_id_fkey" FOREIGN KEY ("app_id", "organization_id") REFERENCES "app"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login_pair" ADD CONSTRAINT "login_pair_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "login_grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
