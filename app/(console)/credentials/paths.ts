import type { ListedCredential } from "@/lib/overview/schema";

/** Where the pages of a key or token and of its app or instance are, and what it is called together. */
export function placesOf({ kind, ZUID, name, place }: ListedCredential) {
  const title = `${place.name} › ${name}`;
  if (kind === "api_key") {
    const app = `/admin/setup/apps/${place.ZUID}`;
    return { title, place: app, page: `${app}/keys/${ZUID}`, api: `/v1/keys/${ZUID}` };
  }
  const instance = `/instances/${place.ZUID}`;
  return { title, place: instance, page: `${instance}/tokens/${ZUID}`, api: `/v1/tokens/${ZUID}` };
}
