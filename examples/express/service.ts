import express, { type Request } from "express";
import { forExpress } from "../client/express";
import { createClient } from "../client/latchkey";

const { LATCHKEY_URL = "http://127.0.0.1:3000", LATCHKEY_KEY = "", PORT = "4000" } = process.env;

if (!LATCHKEY_KEY) {
  console.error("Set LATCHKEY_KEY to an API key of Latchkey: this service asks with it who may call it.");
  process.exit(1);
}

const latchkey = createClient({ url: LATCHKEY_URL, apiKey: LATCHKEY_KEY });
const requireCredential = forExpress(latchkey);
const pages: string[] = ["Welcome"];

const app = express();
app.use(express.json());

app.get("/pages", requireCredential({ permission: "content:read" }), (request, response) => {
  response.json({ pages, readBy: request.principal?.name });
});

app.post("/pages", requireCredential({ permission: "content:create" }), (request, response) => {
  const { title } = request.body as { title?: unknown };
  if (typeof title !== "string") {
    response.status(422).json({ detail: "Send a title." });
    return;
  }
  pages.push(title);
  report(request, title);
  response.status(201).json({ title, createdBy: request.principal?.name });
});

/**
 * Puts it on Latchkey's trail under the name of the credential, where LATCHKEY_KEY has audit:create. The request is
 * answered meanwhile, and whether or not that goes well: what must not be lost is kept and reported again.
 */
function report({ principal, ip }: Request, title: string): void {
  if (!principal) return;
  const target = { type: "page", name: title };
  latchkey
    .recordEvents([
      { credential: principal.id, action: "api.pages.created", verb: 1, target, outcome: "allowed", ...(ip && { ip }) },
    ])
    .catch((error: unknown) => console.error("Not reported:", error));
}

app.listen(Number(PORT), "127.0.0.1", () => console.log(`Listening on http://127.0.0.1:${PORT}`));
