import { readProof } from "@/lib/audit/proofs";
import { ReadProof } from "@/lib/audit/schema";
import { route } from "@/lib/http/route";

export const GET = route(
  { summary: "Prove that an event is in the trail, or that the trail only grew", query: ReadProof },
  (ctx, { query }) => readProof(ctx, query),
);
