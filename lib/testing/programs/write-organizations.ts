import "server-only";
import { openStore } from "@/lib/store/open";

/** Opens the store of a data directory and prints the id of each row once it is acknowledged. */
const [dataDir, prefix] = process.argv.slice(2);
const { client } = await openStore({ dataDir: dataDir as string, databaseUrl: undefined }, () => undefined);
for (let index = 0; ; index++) {
  const name = `${prefix}-${index}`;
  await client.$transaction(async (tx) => {
    await tx.organization.create({ data: { id: `60-1-${name}`, accountName: name, name } });
    await tx.deployment.upsert({
      where: { id: 1 },
      create: { organizationId: name },
      update: { organizationId: name },
    });
  });
  process.stdout.write(`${name}\n`);
}
