import type { ReactNode } from "react";
import { placesOf } from "@/app/(console)/credentials/paths";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { ListedCredential, Overview, Sample } from "@/lib/overview/schema";

interface ThingsToDoProps {
  overview: Overview;
  mayRegister: boolean;
}

/** What wants a decision, the most urgent first. */
export function ThingsToDo({ overview: { apps, credentials }, mayRegister }: ThingsToDoProps) {
  if (!credentials) return null;
  const { expiring, rotating, forgotten, restored } = credentials;
  const isCalm = restored.total + expiring.total + rotating.total + forgotten.total === 0;
  return (
    <Card title="Things to do" flush>
      <ul className="divide-y pb-1.5">
        {apps === 0 && mayRegister && (
          <Item href="/admin/setup/apps/new" title="Register your first app">
            A program that calls your APIs gets keys of its own, so that each can be rotated or revoked alone.
          </Item>
        )}
        <Part sample={restored} query="state=restored" words="more to be confirmed">
          {(each) => (
            <>
              Came back with a backup, and is refused: it may have been revoked since.{" "}
              <Link href="/credentials?state=restored">Confirm or revoke it</Link>
              {each.lastUsedAt && (
                <>
                  . Last used <Time value={each.lastUsedAt} />
                </>
              )}
              .
            </>
          )}
        </Part>
        <Part sample={expiring} query="state=expiring" words="more expire within 14 days">
          {(each) => (
            <>
              Stops working <Time value={each.expiresAt} />.{" "}
              {each.kind === "api_key" ? "Move its end, or generate another." : "Renew it, or issue another."}
            </>
          )}
        </Part>
        <Part sample={rotating} query="state=rotating" words="more rotating">
          {(each) => (
            <>
              Rotating: version {previousOf(each)?.version} ends <Time value={previousOf(each)?.endsAt} />. Finish when
              nobody calls with it.
            </>
          )}
        </Part>
        <Part sample={forgotten} query="use=forgotten" words="more never used">
          {(each) => (
            <>
              Made <Time value={each.createdAt} /> and never used. Put it to use, or revoke it.
            </>
          )}
        </Part>
        {isCalm && (apps !== 0 || !mayRegister) && (
          <li className="px-[18px] pt-1 pb-3 text-ink-2">Nothing wants a decision.</li>
        )}
      </ul>
    </Card>
  );
}

/** The version that is on its way out. */
const previousOf = (each: ListedCredential) =>
  each.versions.find(({ status, endsAt }) => status === "live" && endsAt !== null);

interface PartProps {
  sample: Sample;
  query: string;
  words: string;
  children: (each: ListedCredential) => ReactNode;
}

function Part({ sample: { total, first }, query, words, children }: PartProps) {
  const rest = total - first.length;
  return (
    <>
      {first.map((each) => (
        <Item key={each.ZUID} href={placesOf(each).page} title={placesOf(each).title}>
          {children(each)}
        </Item>
      ))}
      {rest > 0 && (
        <li className="px-[18px] py-2 text-s">
          <Link href={`/credentials?${query}`}>
            {formatCount(rest, "credential")} {words}
          </Link>
        </li>
      )}
    </>
  );
}

function Item({ href, title, children }: { href: string; title: string; children: ReactNode }) {
  return (
    <li className="px-[18px] py-2">
      <Link href={href} className="block truncate font-semi">
        {title}
      </Link>
      <p className="text-s text-ink-2">{children}</p>
    </li>
  );
}
