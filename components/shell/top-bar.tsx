"use client";

import { Menu, Search } from "lucide-react";
import { useIsHydrated } from "@/components/clock";
import { useShell } from "@/components/shell/controls";
import { Breadcrumb, type Crumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

export function TopBar({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { openNavigation, openPalette } = useShell();
  const isHydrated = useIsHydrated();
  const isMac = !isHydrated || /Mac|iPhone|iPad/.test(navigator.platform);
  return (
    <div className="sticky top-0 z-30 flex h-(--top-bar) items-center justify-between gap-3 border-b bg-canvas px-8 max-lg:px-4">
      <div className="flex min-w-0 items-center gap-2">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Open navigation"
          onClick={openNavigation}
          className="-ml-2 lg:hidden"
        >
          <Menu aria-hidden />
        </Button>
        <Breadcrumb crumbs={crumbs} />
      </div>
      <button
        type="button"
        onClick={openPalette}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-8 min-w-8 shrink-0 items-center justify-center gap-1.5 rounded-1 text-s text-ink-3 hover:text-ink"
      >
        <Search aria-hidden className="size-4 sm:hidden" />
        <span className="max-sm:sr-only">Jump to anything</span>
        <Kbd className="min-w-9 text-center max-sm:hidden">{isMac ? "⌘K" : "Ctrl K"}</Kbd>
      </button>
    </div>
  );
}
