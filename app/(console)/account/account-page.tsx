import type { ReactNode } from "react";
import { Page } from "@/components/shell/page";
import { cn } from "@/components/cn";
import { PageHeader } from "@/components/ui/page-header";
import { PageLink } from "@/components/ui/page-link";
import { tabItem, tabList } from "@/components/ui/tab-look";

const PARTS = [
  { label: "Profile", href: "/account" },
  { label: "Sessions", href: "/account/sessions" },
  { label: "Security", href: "/account/security" },
] as const;

interface AccountPageProps {
  part: (typeof PARTS)[number]["label"];
  /** There is no way to the others at the moment. */
  isOnly?: boolean;
  children: ReactNode;
}

/** One of the pages about oneself, with the way to the others. */
export function AccountPage({ part, isOnly = false, children }: AccountPageProps) {
  return (
    <Page crumbs={isOnly ? [{ label: part }] : [{ label: "Account", href: "/account" }, { label: part }]}>
      <PageHeader title="Your account" />
      {!isOnly && <Parts part={part} />}
      {children}
    </Page>
  );
}

function Parts({ part }: Pick<AccountPageProps, "part">) {
  return (
    <nav aria-label="Account" className={tabList}>
      {PARTS.map(({ label, href }) => (
        <PageLink
          key={href}
          href={href}
          aria-current={label === part ? "page" : undefined}
          className={cn(tabItem, label === part && "border-ink font-semi text-ink")}
        >
          {label}
        </PageLink>
      ))}
    </nav>
  );
}
