import type { CommandGroup, CommandItem, SearchCommands } from "@/components/shell/command-palette";
import type { AppRecord } from "@/lib/apps/schema";
import type { EventRecord } from "@/lib/audit/schema";
import { sentenceOf } from "@/lib/audit/sentence";
import { formatRelative } from "@/lib/format";
import { api } from "@/lib/http/client";
import type { InstanceRecord } from "@/lib/instances/schema";
import { idOf, type IdKind } from "@/lib/kernel/ids";
import type { KeyRecord } from "@/lib/keys/schema";
import type { RoleRecord } from "@/lib/roles/schema";
import type { TokenRecord } from "@/lib/tokens/schema";
import type { UserRecord } from "@/lib/users/schema";

/** What the person may see and do: a source they may not read is not asked. */
export interface May {
  /** They have to set up a second factor first: there is no other page. */
  isEnrolling: boolean;
  readApps: boolean;
  createApps: boolean;
  readKeys: boolean;
  listCredentials: boolean;
  readAudit: boolean;
  readStreams: boolean;
  readPolicy: boolean;
  listInstances: boolean;
  createInstances: boolean;
  listInvites: boolean;
  invite: boolean;
  readOutbox: boolean;
  /** The instances, of those in the navigation, whose tokens the person may see and issue. */
  readTokensOn: readonly InstanceRecord[];
  issueTokensOn: readonly InstanceRecord[];
  readRolesOn: readonly InstanceRecord[];
  readPeople: boolean;
}

type Get = <T>(path: string) => Promise<T>;

interface Source {
  label: string;
  may: (may: May) => boolean;
  /** The id a pasted query may be, and where it then leads. */
  kind: IdKind;
  one: (get: Get, id: string, may: May) => Promise<CommandItem>;
  many: (get: Get, query: string, may: May) => Promise<CommandItem[]>;
}

const keyItem = ({ ZUID, name, appZUID, appName }: KeyRecord): CommandItem => ({
  id: ZUID,
  label: `${appName} › ${name}`,
  hint: "API key",
  href: `/admin/setup/apps/${appZUID}/keys/${ZUID}`,
});
const appItem = ({ ZUID, name }: AppRecord): CommandItem => ({
  id: ZUID,
  label: name,
  hint: "app",
  href: `/admin/setup/apps/${ZUID}`,
});
const tokenItem = ({ ZUID, name, instanceZUID }: TokenRecord): CommandItem => ({
  id: ZUID,
  label: name,
  hint: "access token",
  href: `/instances/${instanceZUID}/tokens/${ZUID}`,
});
const personItem = ({ ZUID, firstName, lastName, email }: UserRecord): CommandItem => ({
  id: ZUID,
  label: `${firstName} ${lastName}`.trim(),
  hint: email,
  href: `/admin/users/${ZUID}`,
});
/** A role of the organization is shown under an instance, as it applies to each. */
const roleItem = ({ ZUID, name, entityZUID }: RoleRecord, { readRolesOn }: May): CommandItem => {
  const instance = readRolesOn.find((each) => each.ZUID === entityZUID);
  const shownUnder = entityZUID.startsWith("8-") ? entityZUID : readRolesOn[0]?.ZUID;
  const hint = instance ? `role on ${instance.name}` : "role";
  return { id: ZUID, label: name, hint, href: `/instances/${shownUnder}/roles/${ZUID}` };
};
const instanceItem = ({ ZUID, name }: InstanceRecord): CommandItem => ({
  id: ZUID,
  label: name,
  hint: "instance",
  href: `/instances/${ZUID}`,
});
const eventItem = (event: EventRecord): CommandItem => ({
  id: event.ZUID,
  label: sentenceOf(event),
  hint: formatRelative(event.occurredAt, Date.now()),
  href: `/audit?event=${event.ZUID}`,
});

const SOURCES: Source[] = [
  {
    label: "Apps",
    may: (may) => may.readApps,
    kind: "app",
    one: async (get, id) => appItem(await get<AppRecord>(`/v1/apps/${id}`)),
    many: async (get, query) => (await get<AppRecord[]>(`/v1/apps?limit=5&q=${query}`)).map(appItem),
  },
  {
    label: "API keys",
    may: (may) => may.readApps && may.readKeys,
    kind: "key",
    one: async (get, id) => keyItem(await get<KeyRecord>(`/v1/keys/${id}`)),
    // Keys are listed by app, and the search for apps finds those with such a key.
    many: async (get, query) => {
      const apps = await get<AppRecord[]>(`/v1/apps?limit=5&q=${query}`);
      const keys = await Promise.all(
        apps.map(({ ZUID }) => get<KeyRecord[]>(`/v1/apps/${ZUID}/keys?limit=5&q=${query}`)),
      );
      return keys.flat().map(keyItem);
    },
  },
  {
    label: "Access tokens",
    may: (may) => may.readTokensOn.length > 0,
    kind: "token",
    one: async (get, id) => tokenItem(await get<TokenRecord>(`/v1/tokens/${id}`)),
    many: async (get, query, { readTokensOn }) => {
      const found = readTokensOn.map(({ ZUID }) =>
        get<TokenRecord[]>(`/v1/instances/${ZUID}/tokens?limit=5&q=${query}`),
      );
      return (await Promise.all(found)).flat().map(tokenItem);
    },
  },
  {
    label: "People",
    may: (may) => may.readPeople,
    kind: "user",
    one: async (get, id) => personItem(await get<UserRecord>(`/v1/users/${id}`)),
    many: async (get, query) => (await get<UserRecord[]>(`/v1/users?limit=5&q=${query}`)).map(personItem),
  },
  {
    label: "Roles",
    may: (may) => may.readRolesOn.length > 0,
    kind: "role",
    one: async (get, id, may) => roleItem(await get<RoleRecord>(`/v1/roles/${id}`), may),
    many: async (get, query, may) => {
      const found = may.readRolesOn.map(({ ZUID }) =>
        get<RoleRecord[]>(`/v1/instances/${ZUID}/roles?limit=5&q=${query}`),
      );
      return (await Promise.all(found)).flat().map((role) => roleItem(role, may));
    },
  },
  {
    label: "Instances",
    may: (may) => may.listInstances,
    kind: "instance",
    one: async (get, id) => instanceItem(await get<InstanceRecord>(`/v1/instances/${id}`)),
    many: async (get, query) => (await get<InstanceRecord[]>(`/v1/instances?limit=5&q=${query}`)).map(instanceItem),
  },
  {
    label: "Audit events",
    may: (may) => may.readAudit,
    kind: "event",
    one: async (get, id) => eventItem(await get<EventRecord>(`/v1/audit-events/${id}`)),
    many: async (get, query) => (await get<EventRecord[]>(`/v1/audit-events?limit=5&q=${query}`)).map(eventItem),
  },
];

/** Finds by name, or leads to the one thing whose id was pasted. */
export function searchFor(may: May): SearchCommands {
  const sources = SOURCES.filter((source) => source.may(may));
  return async (query, signal) => {
    const options = { signal, isBackground: true, keepPage: true };
    const get: Get = async <T>(path: string) => (await api<T>("GET", path, undefined, options)).data;
    const named = sources.find(({ kind }) => idOf(kind).safeParse(query).success);
    const asked = named ? [named] : sources;
    const groups = await Promise.all(
      asked.map(async ({ label, one, many }): Promise<CommandGroup> => {
        const found = named ? one(get, query, may).then((item) => [item]) : many(get, encodeURIComponent(query), may);
        // One source that does not answer leaves the others.
        return { label, items: await found.catch(() => []) };
      }),
    );
    return groups.filter(({ items }) => items.length > 0);
  };
}
