"use client";

import { AccessWords } from "@/app/(console)/admin/setup/apps/access-words";
import { Lines } from "@/app/(console)/admin/setup/apps/lines";
import { OpenedEndpoints } from "@/app/(console)/instances/[instanceId]/tokens/opened-endpoints";
import { openedBy } from "@/app/(console)/instances/[instanceId]/tokens/opened";
import { limitsOf } from "@/app/(console)/credential/limit-form";
import { rateWords } from "@/app/(console)/credential/words";
import { useNow } from "@/components/clock";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Status, type Tone } from "@/components/ui/status";
import { formatCount, formatDateTime } from "@/lib/format";
import type { ResourceRecord } from "@/lib/resources/schema";
import type { RoleChoice } from "@/lib/tokens/schema";
import { type Risk, riskOf } from "./risk";
import type { TokenForm } from "./token-form";

const TONES: Record<Risk["level"], Tone> = { low: "ok", medium: "warn", high: "bad" };
const DAY = 86_400_000;

/** What the organization has registered, and whether the reader may add to it. */
export interface Catalogue {
  resources: readonly ResourceRecord[];
  mayRegister: boolean;
}

interface TokenReviewProps extends Catalogue {
  form: TokenForm;
  role: RoleChoice;
  instanceName: string;
}

/** What the token will be able to do, and what its leak would mean. */
export function TokenReview({ form, role, instanceName, resources, mayRegister }: TokenReviewProps) {
  const now = useNow();
  const days = Number(form.expiresInDays);
  const { allowedCidrs, rateLimit } = limitsOf(form);
  const { unlisted } = openedBy(role.permissions, resources);
  const { level, reasons } = riskOf(role.permissions, days, allowedCidrs, unlisted.length > 0);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[1.05fr_1fr]">
      <Card>
        <DescriptionList
          items={[
            ["Name", <b key="name">{form.name.trim()}</b>],
            form.description.trim() !== "" && ["Purpose", form.description.trim()],
            ["Role", role.name],
            ["Works on", `${instanceName}, and nothing elsewhere`],
            ["From", <Lines key="from" lines={allowedCidrs} none="anywhere" />],
            ["Rate", rateLimit ? rateWords(rateLimit) : "no limit"],
            [
              "Expires",
              <span key="expires" suppressHydrationWarning>
                {formatDateTime(now + days * DAY, undefined, false)}{" "}
                <span className="text-ink-3">in {formatCount(days, "day")}</span>
              </span>,
            ],
          ]}
        />
      </Card>
      <div className="grid gap-4">
        <Card title="What it may do" className="text-s">
          <AccessWords access={{ mode: "restricted", permissions: role.permissions }} />
        </Card>
        <OpenedEndpoints permissions={role.permissions} resources={resources} mayRegister={mayRegister} />
        <Card
          title="If its value leaks"
          actions={
            <Status tone={TONES[level]}>{level === "low" ? "Low" : level === "medium" ? "Medium" : "High"} risk</Status>
          }
        >
          <ul className="grid gap-1 text-s text-ink-2">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}
