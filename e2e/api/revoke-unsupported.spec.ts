import { verification } from "./verification";
import { expect, test } from "./world";

test("an app's secret is no token and stays as it is", async ({ world }) => {
  const { secret } = await world.done(world.callers.owner, "POST", "/v1/apps", { name: `Kept ${Date.now()}` });
  const { status, body } = await verification(world).form("/oauth/revoke", { token: secret ?? "" });
  expect([status, body.error]).toEqual([400, "unsupported_token_type"]);
});
