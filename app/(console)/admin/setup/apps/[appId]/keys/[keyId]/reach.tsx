"use client";

import { reachOf } from "@/app/(console)/admin/setup/apps/access-words";
import { rateWords } from "@/app/(console)/admin/setup/apps/[appId]/key-words";
import { APPS_PATH } from "@/app/(console)/admin/setup/apps/crumbs";
import { Lines } from "@/app/(console)/admin/setup/apps/lines";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { AppRecord } from "@/lib/apps/schema";
import type { KeyRecord } from "@/lib/keys/schema";

interface ReachProps {
  apiKey: KeyRecord;
  app: AppRecord;
  edit?: () => void;
}

export function Reach({ apiKey, app, edit }: ReachProps) {
  const { allowedCidrs, rateLimit, notBefore, expiresAt, description } = apiKey;
  const settings = `${APPS_PATH}/${app.ZUID}?tab=settings`;
  return (
    <Card title="Reach">
      <DescriptionList
        items={[
          description !== "" && [
            "Purpose",
            <span key="purpose" className="whitespace-pre-line">
              {description}
            </span>,
          ],
          [
            "Works on",
            app.keyAccess.mode === "full" ? (
              reachOf(app.keyAccess)
            ) : (
              <Link key="on" href={settings}>
                {reachOf(app.keyAccess)}
              </Link>
            ),
          ],
          [
            "From",
            allowedCidrs.length > 0 ? (
              <Lines key="from" lines={allowedCidrs} none="" />
            ) : (
              <>anywhere {edit && <Inline act={edit}>limit to networks</Inline>}</>
            ),
          ],
          ["Rate", rateLimit ? rateWords(rateLimit) : <>no limit {edit && <Inline act={edit}>set one</Inline>}</>],
          notBefore !== null && ["Not before", <Moment key="start" value={notBefore} />],
          ["Expires", expiresAt ? <Moment key="end" value={expiresAt} /> : "never"],
        ]}
      />
    </Card>
  );
}

const Moment = ({ value }: { value: string }) => (
  <>
    <Time value={value} absolute />{" "}
    <span className="text-ink-3">
      <Time value={value} />
    </span>
  </>
);

const Inline = ({ act, children }: { act: () => void; children: string }) => (
  <button
    type="button"
    onClick={act}
    className="rounded-[2px] text-accent underline decoration-accent/35 underline-offset-3 hover:decoration-accent"
  >
    {children}
  </button>
);
