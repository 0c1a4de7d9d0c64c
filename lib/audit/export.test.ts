import { beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/kernel/ctx";
import { db } from "@/lib/kernel/db";
import { writeEvent } from "@/lib/kernel/events";
import { mintSecret } from "@/lib/kernel/secrets";
import { newApp, newKey } from "@/lib/testing/app";
import { codeOf, ctxOfKey, foundOrganization, type TestOrganization } from "@/lib/testing/organization";
import { refund, report } from "@/lib/testing/report";
import { newToken } from "@/lib/testing/token";
import { exportEvents } from "./commands";
import { listEvents } from "./queries";
import { ExportEvents, ListEvents } from "./schema";
import { sealPending } from "./sealer";

let acme: TestOrganization;
let app: string;
beforeAll(async () => {
  acme = await foundOrganization();
  app = await newApp(acme);
  const target = { target: { id: app, name: '=HYPERLINK("http://evil.example")' } };
  await writeEvent(db(), acme.owner, { action: "app.updated", ...target, after: { name: "a, b" } });
});

async function textOf(ctx: Ctx, query: object): Promise<string> {
  const { parts } = await exportEvents(ctx, ExportEvents.parse(query));
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

describe("an export", () => {
  test("of JSON lines has every event of the filter, oldest first, to the microsecond", async () => {
    const lines = (await textOf(acme.owner, { format: "jsonl", target: app })).trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ action }) => action)).toEqual(["app.registered", "app.updated"]);
    expect(events[1]).toMatchObject({
      ZUID: expect.stringMatching(/^15-/),
      occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      actor: { type: "user", ZUID: acme.owner.principal.id, name: "Olivia Owner" },
      target: { type: "app", ZUID: app, name: '=HYPERLINK("http://evil.example")' },
      outcome: "allowed",
      reason: null,
      after: { name: "a, b" },
    });
  });

  test("of JSON lines has the records as the API has them, with their places and who reported them", async () => {
    const service = await ctxOfKey((await newKey(acme)).key);
    const { token } = await newToken(acme);
    await report(service, refund({ credential: token, id: "evt_7", action: "api.exported" }));
    await sealPending();
    const lines = (await textOf(acme.owner, { format: "jsonl" })).trimEnd().split("\n");
    const { rows } = await listEvents(acme.owner, ListEvents.parse({ limit: 100, dir: "asc" }));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
    const reported = rows.find(({ action }) => action === "api.exported");
    expect(reported).toMatchObject({ externalId: "evt_7", reportedBy: service.principal.id });
    const [, line] = (await textOf(acme.owner, { format: "csv", action: "api.exported" })).split("\r\n");
    expect(line).toContain(`${reported?.ZUID},${reported?.seq},${reported?.occurredAt},access_token,`);
    expect(line).toMatch(new RegExp(`,evt_7,${service.principal.id}$`));
  });

  test("of CSV begins with the names of its columns and runs nothing in a spreadsheet", async () => {
    const [head, , changed] = (await textOf(acme.owner, { format: "csv", target: app })).split("\r\n");
    expect(head).toBe(
      "id,seq,occurred_at,actor_type,actor_id,actor_name,action,verb,target_type,target_id,target_name,app_id,instance_id,outcome,reason,request_id,ip,user_agent,before,after,external_id,reported_by",
    );
    expect(changed).toContain(`,"'=HYPERLINK(""http://evil.example"")",`);
    expect(changed).toContain('""name"":""a, b""');
  });

  test("says how much is to come, and holds nothing of another organization", async () => {
    const globex = await foundOrganization();
    const none = await exportEvents(globex.owner, ExportEvents.parse({ format: "jsonl", target: app }));
    expect(none.total).toBe(0);
    expect(await textOf(globex.owner, { format: "jsonl", target: app })).toBe("");
    const { total } = await exportEvents(acme.owner, ExportEvents.parse({ format: "jsonl", target: app }));
    expect(total).toBe(2);
  });

  test("leaves one event that says who took what, and shows no credential that was searched for", async () => {
    const auditor = await acme.as("Auditor");
    const { value } = mintSecret("api_key");
    await textOf(auditor, { format: "csv", q: `x${value}9`, outcome: "denied" });
    const mine = (await acme.events()).filter(({ actorId }) => actorId === auditor.principal.id);
    expect(mine).toMatchObject([
      { action: "trail.exported", targetId: acme.id, targetName: "trail", outcome: "allowed" },
    ]);
    expect(mine[0]?.after).toMatchObject({ format: "csv", filter: { q: "x[secret]9", outcome: "denied" } });
  });

  test("is refused to who may not read the trail, and that is recorded", async () => {
    const developer = await acme.as("Developer");
    expect(await codeOf(exportEvents(developer, ExportEvents.parse({ format: "csv" })))).toBe("forbidden");
    const refused = (await acme.events()).filter(({ actorId }) => actorId === developer.principal.id);
    expect(refused).toMatchObject([{ action: "trail.exported", outcome: "denied" }]);
  });

  test.each([
    {},
    { format: "xlsx" },
    { format: "csv", limit: "3" },
    { format: "csv", from: "0001-01-01T00:00:00Z" },
    { format: "csv", to: "9999-12-31T23:59:59-14:00" },
  ])("is not asked for by %j", (query) => {
    expect(ExportEvents.safeParse(query).success).toBe(false);
  });
});
