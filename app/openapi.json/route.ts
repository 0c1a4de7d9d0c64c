import { openApiDocument } from "@/lib/http/openapi";
import { ROUTES } from "./routes";

/** The description is no secret and needs no credential. */
export const GET = () => Response.json(openApiDocument(ROUTES));
