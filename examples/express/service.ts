import express from "express";
import { forExpress } from "../client/express";
import { createClient } from "../client/latchkey";

const { LATCHKEY_URL = "http://127.0.0.1:3000", LATCHKEY_KEY = "", PORT = "4000" } = process.env;

if (!LATCHKEY_KEY) {
  console.error("Set LATCHKEY_KEY to an API key of Latchkey: this service asks with it who may call it.");
  process.exit(1);
}

const requireCredential = forExpress(createClient({ url: LATCHKEY_URL, apiKey: LATCHKEY_KEY }));
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
  response.status(201).json({ title, createdBy: request.principal?.name });
});

app.listen(Number(PORT), "127.0.0.1", () => console.log(`Listening on http://127.0.0.1:${PORT}`));
