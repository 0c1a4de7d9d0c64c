-- Of several identities of a person at one provider the first stays: the others were never shown.
DELETE FROM "external_identity" AS "later" USING "external_identity" AS "first"
WHERE "later"."user_id" = "first"."user_id" AND "later"."issuer" = "first"."issuer"
  AND ("first"."created_at", "first"."subject") < ("later"."created_at", "later"."subject");

-- DropIndex
DROP INDEX "external_identity_user_id_idx";

-- CreateIndex
CREATE UNIQUE INDEX "external_identity_user_id_issuer_key" ON "external_identity"("user_id", "issuer");
