import { z } from "zod";
import { Email } from "@/lib/auth/email";
import { idOf, NamedRole } from "@/lib/kernel/ids";
import { listQuery } from "@/lib/kernel/list-query";
import type { AnyPermission } from "@/lib/kernel/permissions";
import { SYSTEM_ROLES } from "@/lib/kernel/system-roles";
import { text } from "@/lib/kernel/text";

export const InviteId = z.object({ invite: idOf("invite") });

export const USER_KINDS = ["employee", "guest"] as const;

/** Whom to invite, and with which role: one of the place's own by its id, or its base role of an access level. */
export const SendInvite = z
  .strictObject({
    inviteeName: text(0, 80).default(""),
    inviteeEmail: Email,
    /** An instance, or the organization and with it every instance. */
    entityZUID: z.union([idOf("instance"), idOf("organization")], "must be the id of an instance or the organization"),
    accessLevel: z
      .int()
      .min(0)
      .max(SYSTEM_ROLES.length - 1)
      .optional(),
    roleZUID: NamedRole.optional(),
    kind: z.enum(USER_KINDS).default("employee"),
  })
  .refine(({ accessLevel, roleZUID }) => (accessLevel === undefined) !== (roleZUID === undefined), {
    path: ["roleZUID"],
    error: "must be given, or an accessLevel instead",
  });
export type SendInvite = z.infer<typeof SendInvite>;

export const ListInvites = listQuery(["email", "createdAt"]).extend({
  status: z.enum(["open", "ended"]).optional(),
});
export type ListInvites = z.infer<typeof ListInvites>;

export const ChangeInvite = z.strictObject({ action: z.enum(["accept", "decline", "cancel", "resend"]) });
export const AnswerByLink = z.strictObject({ action: z.enum(["accept", "decline"]) });

/** The link's secret never stands in an address of the API. */
export const LinkHolder = z.strictObject({ code: z.string().max(100) });
export type LinkHolder = z.infer<typeof LinkHolder>;

export const JoinByLink = LinkHolder.extend({
  firstName: text(1, 80),
  lastName: text(1, 80),
  /** Its length is the policy's matter. */
  password: z.string().max(1000),
});
export type JoinByLink = z.infer<typeof JoinByLink>;

export type InviteStatus = "open" | "expired" | "accepted" | "declined" | "canceled";

/** An invitation; never its link. Times are ISO 8601 in UTC. */
export interface InviteRecord {
  ZUID: string;
  inviteeName: string;
  inviteeEmail: string;
  kind: (typeof USER_KINDS)[number];
  entityZUID: string;
  /** Null for the organization. */
  instanceName: string | null;
  roleZUID: string;
  roleName: string;
  accessLevel: number;
  status: InviteStatus;
  accepted: boolean;
  declined: boolean;
  cancelled: boolean;
  /** Why it ended, when nobody's answer ended it. */
  endReason: string | null;
  createdByUserZUID: string;
  createdByName: string;
  createdAt: string;
  expiresAt: string;
  endedAt: string | null;
}

/** Whether its mail went out: if not, it can be sent again. */
export type SentInvite = InviteRecord & { mailed: boolean };

/** A place one may invite to, with its roles. */
export interface InvitePlace {
  ZUID: string;
  name: string;
  isOrganization: boolean;
  roles: { ZUID: string; name: string; description: string; missingPermissions: AnyPermission[] }[];
}

/** What the holder of a link is told. */
export interface LinkedInvite {
  ZUID: string;
  inviteeEmail: string;
  inviteeName: string;
  organizationName: string;
  instanceName: string | null;
  roleName: string;
  createdByName: string;
  expiresAt: string;
  passwordMinLength: number;
  /** Whether somebody with the address is here already, or in an organization this one knows nothing of. */
  account: "none" | "here" | "left" | "elsewhere";
}
