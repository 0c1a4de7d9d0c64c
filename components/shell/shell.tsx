"use client";

import { useMemo, useState, type ReactNode } from "react";
import { ConfirmIdentity } from "@/components/confirm-identity";
import { lateDialog } from "@/components/late";
import type { CommandGroup, SearchCommands } from "@/components/shell/command-palette";
import { ShellControlsContext } from "@/components/shell/controls";
import { Navigation, type NavGroup } from "@/components/shell/navigation";
import { announceEnd, SessionClock, type SessionActions, type SessionTimes } from "@/components/shell/session-clock";
import { usePaletteKey } from "@/components/shell/palette-key";
import { UserMenu } from "@/components/shell/user-menu";
import type { ShellUser } from "@/components/shell/user-menu-button";
import { toast } from "@/components/toast";
import { Sheet } from "@/components/ui/sheet";

const CommandPalette = lateDialog(() => import("./command-palette").then((loaded) => loaded.CommandPalette));

interface ShellProps {
  organization: { name: string; accountName: string };
  user: ShellUser;
  navigation: readonly NavGroup[];
  userLinks?: readonly { label: string; href: string }[];
  session: SessionTimes;
  sessionActions: SessionActions;
  /** Pages and actions of the palette; `search` finds objects by name or id. */
  commands: readonly CommandGroup[];
  search?: SearchCommands;
  children: ReactNode;
}

/** The frame of every console page; each page renders `Page` with its breadcrumb inside. */
export function Shell({
  organization,
  user,
  navigation,
  userLinks,
  session,
  sessionActions,
  commands,
  search,
  children,
}: ShellProps) {
  const [isNavigationOpen, setNavigationOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const controls = useMemo(
    () => ({ openNavigation: () => setNavigationOpen(true), openPalette: () => setPaletteOpen(true) }),
    [],
  );
  usePaletteKey(() => setPaletteOpen((isOpen) => !isOpen));

  async function signOut() {
    try {
      await sessionActions.signOut();
      announceEnd();
    } catch {
      toast("The server did not answer, so you are still signed in. Try again.");
    }
  }

  const signOutCommand = {
    id: "sign-out",
    label: "Sign out",
    keywords: ["log out", "leave", "session"],
    run: () => void signOut(),
  };
  const userMenu = <UserMenu user={user} links={userLinks} onSignOut={() => void signOut()} />;
  return (
    <ShellControlsContext value={controls}>
      <div className="min-h-dvh lg:grid lg:grid-cols-[224px_minmax(0,1fr)]">
        <header className="sticky top-0 flex h-dvh flex-col border-r bg-sunken px-2.5 py-3 max-lg:hidden">
          <Organization {...organization} />
          <Navigation groups={navigation} />
          <div className="flex items-center justify-between gap-2 border-t px-2 pt-2 text-xs text-ink-3">
            {userMenu}
            <SessionClock session={session} actions={{ ...sessionActions, signOut }} />
          </div>
        </header>
        <Sheet
          side="left"
          open={isNavigationOpen}
          onOpenChange={setNavigationOpen}
          title={organization.name}
          eyebrow={organization.accountName}
        >
          <Navigation groups={navigation} onNavigate={() => setNavigationOpen(false)} />
          <div className="border-t pt-3 text-s text-ink-3">{userMenu}</div>
        </Sheet>
        {children}
      </div>
      <CommandPalette
        open={isPaletteOpen}
        onOpenChange={setPaletteOpen}
        groups={[...commands, { label: "Session", items: [signOutCommand] }]}
        search={search}
      />
      <ConfirmIdentity />
    </ShellControlsContext>
  );
}

function Organization({ name, accountName }: ShellProps["organization"]) {
  return (
    <div className="flex items-center gap-[9px] px-2 pt-1.5 pb-3">
      <span
        aria-hidden
        className="grid size-[22px] shrink-0 place-items-center rounded-[6px] bg-ink font-mono text-xs font-semibold text-on-ink"
      >
        L
      </span>
      <div className="min-w-0">
        <p className="truncate font-semi">{name}</p>
        <p className="-mt-0.5 truncate text-xs text-ink-3">{accountName}</p>
      </div>
    </div>
  );
}
