import { handler } from "@/lib/http/verification/handler";
import { metadata } from "@/lib/http/verification/metadata";

export const GET = handler({ summary: "What OAuth clients can ask of this server (RFC 8414)", auth: "none" }, metadata);
