import { z } from "zod";
import { handler } from "@/lib/http/verification/handler";
import { verify } from "@/lib/http/verification/verify";
import { Verify, VerifyBatch } from "@/lib/verification/schema";

export const POST = handler(
  { summary: "Whether presented values are accepted, and for what", body: z.union([Verify, VerifyBatch]) },
  verify,
);
