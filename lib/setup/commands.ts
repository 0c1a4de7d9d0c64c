import "server-only";
import { requireGoodPassword } from "@/lib/auth/new-password";
import { hashPassword } from "@/lib/auth/passwords";
import type { Origin } from "@/lib/kernel/ctx";
import type { Tx } from "@/lib/kernel/db";
import { AppError } from "@/lib/kernel/errors";
import { mutate } from "@/lib/kernel/mutate";
import { newId } from "@/lib/kernel/new-id";
import { systemCtx } from "@/lib/kernel/system-ctx";
import { createBaseRoles } from "@/lib/roles/base-roles";
import { requireSetupCode } from "./code";
import type { SetUp, SetUpByCode, SetUpRecord } from "./schema";

const PASSWORD_MIN_LENGTH = 15;

/** The set-up over HTTP: the one-time code from the server's output shows who may do it. */
export async function setUpByCode(origin: Origin, { code, ...input }: SetUpByCode): Promise<SetUpRecord> {
  await requireSetupCode(origin, code);
  return setUp(origin, input);
}

/**
 * Makes the first organization, its first instance and its owner, once: of parallel tries one wins,
 * the others get `conflict`.
 */
export async function setUp(origin: Origin, input: SetUp): Promise<SetUpRecord> {
  const { accountName, email } = input;
  requireGoodPassword(input.password, PASSWORD_MIN_LENGTH, [
    email,
    accountName,
    input.organization,
    input.firstName,
    input.lastName,
  ]);
  const passwordHash = await hashPassword(input.password);
  const ctx = systemCtx(origin, newId("organization"));
  const { organizationId } = ctx;

  return mutate(ctx, { authority: "system", action: "organization.set_up" }, async (tx) => {
    await claimDeployment(tx, organizationId);
    const ownerId = newId("user");
    const instanceId = newId("instance");
    await tx.organization.create({ data: { id: organizationId, accountName, name: input.organization } });
    await tx.user.create({
      data: { id: ownerId, organizationId, email, passwordHash, firstName: input.firstName, lastName: input.lastName },
    });
    await tx.instance.create({ data: { id: instanceId, organizationId, name: input.instance, createdById: ownerId } });
    await createBaseRoles(tx, { organizationId, instanceId: null }, ownerId);
    await createBaseRoles(tx, { organizationId, instanceId }, ownerId);
    return {
      result: { organizationZUID: organizationId, accountName, instanceZUID: instanceId, ownerZUID: ownerId },
      audit: [
        {
          action: "organization.set_up",
          target: { id: organizationId, name: input.organization },
          after: {
            name: input.organization,
            accountName,
            instance: input.instance,
            owner: `${input.firstName} ${input.lastName}`,
          },
        },
        {
          action: "instance.created",
          target: { id: instanceId, name: input.instance },
          instanceId,
          after: { name: input.instance, domain: null },
        },
      ],
    };
  });
}

/** The one row of the deployment decides which of parallel set-ups wins; it also ends all codes. */
async function claimDeployment(tx: Tx, organizationId: string): Promise<void> {
  const claimed = await tx.deployment.createMany({ data: { id: 1, organizationId }, skipDuplicates: true });
  if (claimed.count === 0) throw new AppError("conflict", "This deployment was set up already.");
  await tx.setupCode.deleteMany();
}
