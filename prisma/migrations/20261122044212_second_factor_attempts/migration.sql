-- AlterTable
ALTER TABLE "second_factor_challenge" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'browser';
