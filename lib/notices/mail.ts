import "server-only";
import { DAY } from "@/lib/kernel/clock";
import { ownAddress } from "@/lib/kernel/own-address";
import type { Mail } from "@/lib/mail/text";
import type { Ending } from "./send";

interface Reader {
  organizationId: string;
  email: string;
  firstName: string;
  organization: { name: string };
}

/** One mail for everything that ends, the nearest first. */
export function digest({ organizationId, email, firstName, organization }: Reader, ending: Ending[], now: Date): Mail {
  const [first] = ending;
  const subject =
    ending.length === 1 && first
      ? `${first.name} ends ${inDays(first, now)}`
      : `${ending.length} credentials of ${organization.name} end soon`;
  const text = `Hello ${firstName},

these credentials of ${organization.name} end soon. Whatever uses them is refused from then on:

${ending.map((row) => entryOf(row, now)).join("\n\n")}

Renew, rotate or replace those that are still needed.
`;
  return { organizationId, to: email, subject, text };
}

function entryOf(row: Ending, now: Date): string {
  const { id, kind, name, app, appId, instance, instanceId, role } = row;
  const [what, path] =
    kind === "api_key"
      ? [`API key “${name}” of the app ${app?.name}`, `/admin/setup/apps/${appId}/keys/${id}`]
      : [`Access token “${name}” (${role?.name} on ${instance?.name})`, `/instances/${instanceId}/tokens/${id}`];
  const at = row.expiresAt.toISOString().slice(0, 16).replace("T", " ");
  return `${what}\nends ${inDays(row, now)}, on ${at} UTC\n${ownAddress()}${path}`;
}

function inDays({ expiresAt }: Ending, now: Date): string {
  const days = Math.ceil((expiresAt.getTime() - now.getTime()) / DAY);
  return days === 1 ? "within a day" : `in ${days} days`;
}
