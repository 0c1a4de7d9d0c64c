"use client";

import { useTheme } from "next-themes";
import { useMemo, type ComponentProps } from "react";
import { endSession } from "@/app/(auth)/end-session";
import type { CommandGroup, SearchCommands } from "@/components/shell/command-palette";
import type { SessionActions } from "@/components/shell/session-clock";
import { Shell } from "@/components/shell/shell";
import type { CurrentSession } from "@/lib/auth/current-session";
import { api } from "@/lib/http/client";
import type { May } from "./search";
import { timesOf } from "./session-times";

const sessionActions: SessionActions = {
  extend: async () => timesOf((await api<CurrentSession>("POST", "/v1/sessions/current/extension", {})).data),
  read: async () =>
    timesOf((await api<CurrentSession>("GET", "/v1/sessions/current", undefined, { keepPage: true })).data),
  signOut: endSession,
};

const USER_LINKS = [{ label: "Your account", href: "/account" }];

type ConsoleShellProps = Omit<ComponentProps<typeof Shell>, "sessionActions" | "commands" | "search"> & { may: May };

/** The shell with what it does: the session's end, and everything ⌘K leads to. */
export function ConsoleShell({ may, ...shell }: ConsoleShellProps) {
  const { setTheme } = useTheme();
  const commands = useMemo(() => commandsOf(may, setTheme), [may, setTheme]);
  const search = useMemo(
    (): SearchCommands => (query, signal) => import("./search").then(({ searchFor }) => searchFor(may)(query, signal)),
    [may],
  );
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
      items: may.isEnrolling
        ? [page("Your security", "/account/security", "second factor")]
        : [
            page("Overview", "/", "home"),
            ...(may.readAudit
              ? [
                  page("Audit trail", "/audit", "events", "log", "history"),
                  page("Integrity", "/audit/integrity", "verify", "checkpoints", "proof", "bundle"),
                ]
              : []),
            ...(may.readStreams ? [page("Streams", "/audit/streams", "webhook", "syslog", "siem")] : []),
            ...(may.listInstances ? [page("Instances", "/instances", "sites", "centers")] : []),
            ...(may.readApps ? [page("Apps", "/admin/setup/apps", "admin", "setup")] : []),
            ...(may.listCredentials
              ? [page("Credentials", "/credentials", "keys", "tokens", "expiring", "unused")]
              : []),
            ...may.readTokensOn.map(({ ZUID, name }) =>
              page(`Access tokens of ${name}`, `/instances/${ZUID}/tokens`, "credentials", "bearer"),
            ),
            ...may.readRolesOn.map(({ ZUID, name }) =>
              page(`Roles of ${name}`, `/instances/${ZUID}/roles`, "permissions", "matrix", "rules"),
            ),
            ...(may.readPeople ? [page("People", "/admin/users", "users", "employees", "guests", "admin")] : []),
            ...(may.listInvites ? [page("Invitations", "/admin/invites", "people", "invite", "pending")] : []),
            ...(may.readOutbox ? [page("Outbox", "/admin/outbox", "mail", "links")] : []),
            ...(may.readApps ? [page("Resources", "/admin/resources", "catalogue", "endpoints", "admin")] : []),
            ...(may.readPolicy ? [page("Policy", "/admin/policy", "rules", "idle", "lock", "second factor")] : []),
            page("Your account", "/account", "profile", "roles", "me"),
            page("Your sessions", "/account/sessions", "account", "devices"),
            page("Your password", "/account/security", "account", "security", "change"),
            {
              ...page("Your second factor", "/account/security", "authenticator", "recovery codes", "2fa"),
              id: "factor",
            },
          ],
    },
    {
      label: "Actions",
      items: [
        ...(may.createApps ? [page("New app", "/admin/setup/apps/new", "register", "create")] : []),
        ...may.issueTokensOn.map(({ ZUID, name }) =>
          page(`Issue a token for ${name}`, `/instances/${ZUID}/tokens/new`, "access token", "new", "create"),
        ),
        ...(may.invite ? [page("Invite somebody", "/admin/invites?new=true", "people", "user", "add")] : []),
        ...(may.createInstances ? [page("New instance", "/instances?new=true", "create")] : []),
        theme("Use the light theme", "light"),
        theme("Use the dark theme", "dark"),
        theme("Use the theme of the system", "system"),
      ],
    },
  ];
}
