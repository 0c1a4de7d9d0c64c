import { route } from "@/lib/http/route";
import { setUpByCode } from "@/lib/setup/commands";
import { SetUpByCode } from "@/lib/setup/schema";

export const POST = route(
  { summary: "Set up the organization with the one-time code", auth: "none", body: SetUpByCode, status: 201 },
  (origin, { body }) => setUpByCode(origin, body),
);
