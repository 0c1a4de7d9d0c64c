import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openAsItIs, openPostgres } from "./open";

/** A server that answers whoever connects with an error of PostgreSQL. */
async function refusing(code: string, message: string): Promise<string> {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const answer = Buffer.concat([Buffer.from("E"), Buffer.alloc(4), fields]);
  answer.writeInt32BE(fields.length + 4, 1);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(answer));
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `postgresql://nobody@127.0.0.1:${(server.address() as AddressInfo).port}/none`;
}

test.each([
  ["3D000", 'database "none" does not exist'],
  ["28000", 'role "nobody" does not exist'],
  ["28P01", 'password authentication failed for user "nobody"'],
])("a database that lets nobody in by DATABASE_URL is told of in one sentence: %s", async (code, message) => {
  const databaseUrl = await refusing(code, message);
  const told = `${message}: PostgreSQL refuses the connection. Are the database, the role and the password in DATABASE_URL right?`;
  const opened = () => openPostgres(databaseUrl, () => undefined);
  const asItIs = () => openAsItIs({ databaseUrl, dataDir: "/nowhere" });
  for (const open of [opened, asItIs])
    expect(await open().catch(({ name, message: said }: Error) => [name, said])).toEqual(["Error", told]);
});
