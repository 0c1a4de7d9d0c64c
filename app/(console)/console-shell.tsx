"use client";

import { signOut, type SignOutResponse } from "next-auth/react";
import { useTheme } from "next-themes";
import { useMemo, type ComponentProps } from "react";
import type { CommandGroup } from "@/components/shell/command-palette";
import type { SessionActions } from "@/components/shell/session-clock";
import { Shell } from "@/components/shell/shell";
import type { CurrentSession } from "@/lib/auth/current-session";
import { api } from "@/lib/http/client";
import { searchFor, type May } from "./search";
import { timesOf } from "./session-times";

const sessionActions: SessionActions = {
  extend: async () => timesOf((await api<CurrentSession>("POST", "/v1/sessions/current/extension", {})).data),
  read: async () =>
    timesOf((await api<CurrentSession>("GET", "/v1/sessions/current", undefined, { keepPage: true })).data),
  signOut: async () => {
    const answer = (await signOut({ redirect: false })) as Partial<SignOutResponse>;
    // The client of next-auth takes a refusal for an answer too; only a sign-out names where to go.
    if (!answer.url) throw new Error("The session was not ended.");
  },
};

const USER_LINKS = [{ label: "Your account", href: "/account" }];

type ConsoleShellProps = Omit<ComponentProps<typeof Shell>, "sessionActions" | "commands" | "search"> & { may: May };

/** The shell with what it does: the session's end, and everything ⌘K leads to. */
export function ConsoleShell({ may, ...shell }: ConsoleShellProps) {
  const { setTheme } = useTheme();
  const commands = useMemo(() => commandsOf(may, setTheme), [may, setTheme]);
  const search = useMemo(() => searchFor(may), [may]);
  return (
    <Shell {...shell} userLinks={USER_LINKS} sessionActions={sessionActions} commands={commands} search={search} />
  );
}

function commandsOf(may: May, setTheme: (theme: string) => void): CommandGroup[] {
  const page = (label: string, href: string, ...keywords: string[]) => ({ id: href, label, href, keywords });
  const theme = (label: string, value: string) => ({
    id: `theme-${value}`,
    label,
    keywords: ["theme", "appearance"],
    run: () => setTheme(value),
  });
  return [
    {
      label: "Pages",
      items: [
        page("Overview", "/", "home"),
        ...(may.readAudit ? [page("Audit trail", "/audit", "events", "log", "history")] : []),
        ...(may.listInstances ? [page("Instances", "/instances", "sites", "centers")] : []),
        ...(may.readApps ? [page("Apps", "/admin/setup/apps", "admin", "setup")] : []),
        ...(may.readKeys ? [page("API keys of all apps", "/credentials", "credentials", "expiring", "unused")] : []),
        ...may.readTokensOn.map(({ ZUID, name }) =>
          page(`Access tokens of ${name}`, `/instances/${ZUID}/tokens`, "credentials", "bearer"),
        ),
        page("Your account", "/account", "profile", "roles", "me"),
        page("Your sessions", "/account/sessions", "account", "devices"),
        page("Your password", "/account/security", "account", "security", "change"),
      ],
    },
    {
      label: "Actions",
      items: [
        ...(may.createApps ? [page("New app", "/admin/setup/apps/new", "register", "create")] : []),
        ...may.issueTokensOn.map(({ ZUID, name }) =>
          page(`Issue a token for ${name}`, `/instances/${ZUID}/tokens/new`, "access token", "new", "create"),
        ),
        ...(may.createInstances ? [page("New instance", "/instances?new=true", "create")] : []),
        theme("Use the light theme", "light"),
        theme("Use the dark theme", "dark"),
        theme("Use the theme of the system", "system"),
      ],
    },
  ];
}
