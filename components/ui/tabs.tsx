"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/components/cn";
import { tabItem, tabList } from "@/components/ui/tab-look";

const activeTab = "data-[state=active]:border-ink data-[state=active]:font-semi data-[state=active]:text-ink";

interface TabsProps<T extends string> {
  tabs: readonly { value: T; label: ReactNode; count?: number; content: ReactNode }[];
  value?: T;
  onValueChange?: (value: T) => void;
  label: string;
}

export function Tabs<T extends string>({ tabs, value, onValueChange, label }: TabsProps<T>) {
  return (
    <Radix.Root
      value={value}
      defaultValue={tabs[0]?.value}
      onValueChange={onValueChange && ((next) => onValueChange(next as T))}
    >
      <Radix.List aria-label={label} className={tabList}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={cn(tabItem, activeTab)}>
            {tab.label}
            {tab.count !== undefined && <span className="font-mono text-xs font-normal text-ink-3">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
