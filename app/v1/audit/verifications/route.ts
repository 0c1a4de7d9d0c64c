import { reportVerification } from "@/lib/audit/commands";
import { ReportVerification } from "@/lib/audit/integrity-schema";
import { route } from "@/lib/http/route";

export const POST = route(
  { summary: "Record that the trail was verified", body: ReportVerification, status: 201, isIdempotent: true },
  (ctx, { body }) => reportVerification(ctx, body),
);
