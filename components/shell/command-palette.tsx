"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { veil } from "@/components/ui/dialog-parts";

export interface CommandItem {
  id: string;
  label: string;
  /** Small and gray at the right: an id, a kind, a shortcut. */
  hint?: ReactNode;
  keywords?: string[];
  href?: string;
  run?: () => void;
}

export interface CommandGroup {
  label: string;
  items: readonly CommandItem[];
}

export type SearchCommands = (query: string, signal: AbortSignal) => Promise<CommandGroup[]>;

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: readonly CommandGroup[];
  search?: SearchCommands;
}

/** ⌘K: every page and action, and whatever `search` finds by name or id. */
export function CommandPalette({ open, onOpenChange, groups, search }: CommandPaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={veil} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[14dvh] left-1/2 z-50 w-[min(600px,calc(100vw-24px))] -translate-x-1/2 animate-appear overflow-hidden rounded-3 bg-surface shadow-pop outline-none max-sm:top-3"
        >
          <Dialog.Title className="sr-only">Jump to anything</Dialog.Title>
          <Palette groups={groups} search={search} close={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ groups, search, close }: Pick<CommandPaletteProps, "groups" | "search"> & { close: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const { found, isSearching } = useFound(query.trim(), search);

  function choose({ href, run }: CommandItem) {
    close();
    run?.();
    if (href) router.push(href);
  }

  const section = ({ label, items }: CommandGroup, isFound = false) => (
    <Command.Group
      key={label}
      heading={label}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
    >
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={item.id}
          // What the server found fits already, whatever the local match would say.
          keywords={[item.label, ...(item.keywords ?? []), ...(isFound ? [query] : [])]}
          onSelect={() => choose(item)}
          className="flex min-h-9 cursor-default items-center justify-between gap-3 rounded-1 px-2 data-[selected=true]:bg-hover"
        >
          <span className="truncate">{item.label}</span>
          {item.hint && <span className="shrink-0 font-mono text-xs text-ink-3">{item.hint}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );

  return (
    <Command loop label="Jump to anything" filter={fits}>
      <Command.Input
        value={query}
        onValueChange={setQuery}
        placeholder="Page, action, name or id"
        className="h-12 w-full border-b bg-transparent px-4 text-l outline-none placeholder:text-ink-3"
      />
      <div className="relative">
        <Command.List className="h-[min(380px,60dvh)] overflow-y-auto p-2" aria-busy={isSearching}>
          {groups.map((group) => section(group))}
          {found.map((group) => section(group, true))}
        </Command.List>
        {/* Beside the list: a list box may hold nothing but its options. */}
        <Command.Empty className="absolute inset-x-0 top-10 text-center text-ink-3">
          {isSearching ? "Searching" : "Nothing by this name or id."}
        </Command.Empty>
      </div>
    </Command>
  );
}

/** Every word must be in the item's own words; what begins with the first of them comes first. */
function fits(_id: string, query: string, keywords: string[] = []): number {
  const text = keywords.join(" ").toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  return text.startsWith(words[0] ?? "") ? 1 : 0.5;
}

/** Asks once typing pauses; an answer that comes late is dropped. */
function useFound(query: string, search: SearchCommands | undefined) {
  const [answer, setAnswer] = useState<{ query: string; groups: CommandGroup[] }>({ query: "", groups: [] });
  const isAsked = search !== undefined && query.length > 1;
  const ask = useEffectEvent(async (signal: AbortSignal) => {
    const groups = await search?.(query, signal).catch(() => []);
    if (!signal.aborted) setAnswer({ query, groups: groups ?? [] });
  });
  useEffect(() => {
    if (!isAsked) return;
    const abort = new AbortController();
    const timer = setTimeout(() => void ask(abort.signal), 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, isAsked]);
  return { found: isAsked ? answer.groups : [], isSearching: isAsked && answer.query !== query };
}
