import { cn } from "@/components/cn";
import { PageLink } from "@/components/ui/page-link";
import { tabItem, tabList } from "@/components/ui/tab-look";
import { allows, type Power } from "@/lib/kernel/permissions";

interface InstanceTabsProps {
  power: Power;
  instanceId: string;
  current: "Overview" | "Access tokens" | "Roles";
}

/** The way between the pages of one instance; what the person may not see is left out. */
export function InstanceTabs({ power, instanceId, current }: InstanceTabsProps) {
  const base = `/instances/${instanceId}`;
  const tabs = [
    { label: "Overview", href: base },
    ...(allows(power, "tokens:read", instanceId) ? [{ label: "Access tokens", href: `${base}/tokens` }] : []),
    ...(allows(power, "roles:read", instanceId) ? [{ label: "Roles", href: `${base}/roles` }] : []),
  ];
  if (tabs.length === 1) return null;
  return (
    <nav aria-label="Instance" className={tabList}>
      {tabs.map(({ label, href }) => (
        <PageLink
          key={href}
          href={href}
          aria-current={label === current ? "page" : undefined}
          className={cn(tabItem, label === current && "border-ink font-semi text-ink")}
        >
          {label}
        </PageLink>
      ))}
    </nav>
  );
}
