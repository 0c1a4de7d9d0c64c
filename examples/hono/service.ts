import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { forHono } from "../client/hono";
import { createClient } from "../client/latchkey";

const { LATCHKEY_URL = "http://127.0.0.1:3000", LATCHKEY_KEY = "", PORT = "4001" } = process.env;

if (!LATCHKEY_KEY) {
  console.error("Set LATCHKEY_KEY to an API key of Latchkey: this service asks with it who may call it.");
  process.exit(1);
}

const latchkey = createClient({ url: LATCHKEY_URL, apiKey: LATCHKEY_KEY });
const requireCredential = forHono(latchkey, (context) => getConnInfo(context).remote.address);

const app = new Hono()
  .get("/pages", requireCredential({ permission: "content:read" }), (context) =>
    context.json({ pages: ["Welcome"], readBy: context.get("principal").name }),
  )
  .delete("/pages/:page", requireCredential({ permission: "content:delete" }), (context) =>
    context.json({ deleted: context.req.param("page"), deletedBy: context.get("principal").name }),
  );

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(PORT) }, () =>
  console.log(`Listening on http://127.0.0.1:${PORT}`),
);
