import { route } from "@/lib/http/route";
import { listUsers } from "@/lib/users/queries";
import { ListUsers } from "@/lib/users/schema";

export const GET = route({ summary: "List people", query: ListUsers }, (ctx, { query }) => listUsers(ctx, query));
