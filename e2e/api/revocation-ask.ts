import type { Caller } from "./send";

/** A question about a credential. */
export interface Asked {
  /** Who asks: a key of the same organization. */
  by: Caller;
  /** The organization, for a proxy that asks as nobody. */
  organization: string;
  credential: string;
  permission?: string;
  instance?: string;
  ip?: string;
}

/** No answer at all is told from 503: a server that is there says that it cannot tell. */
export type Answer = "accepted" | "refused" | "unavailable" | "silent";

/** One of the addresses that tell of a credential, and what its answer to this question means. */
interface Surface {
  path: string;
  request: RequestInit;
  /** Whether an answer with 200 is a yes. */
  isYes: (body: string, headers: Headers) => boolean;
  /** Whether 401 and 403 are about the credential, and not about who asks. */
  isPresented?: true;
}

/** A process that is stopped answers when it goes on. */
const PATIENCE_MS = 30_000;

export const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T;

/** Where the question can be asked: each remembers something of its own. The first takes every question. */
export function surfacesFor(asked: Asked): readonly [Surface, ...Surface[]] {
  const { organization, credential, permission, instance, ip } = asked;
  const scheme = credential.startsWith("lkk_") ? "apikey" : "bearer";
  const presented = { authorization: `${scheme} ${credential}` };
  const proxied = { ...presented, "x-organization": organization, "x-instance": instance ?? "" };
  const lists = (list: unknown) => !permission || String(list).split(" ").includes(permission);

  const surfaces: [Surface, ...Surface[]] = [verify(asked)];
  if (!instance) surfaces.push(introspect(asked, lists));
  if (!ip) {
    surfaces.push({
      path: "/auth/check",
      request: { headers: { ...proxied, "x-required-permission": permission ?? "" } },
      isYes: () => true,
      isPresented: true,
    });
  }
  if (!ip && permission) {
    surfaces.push({
      path: "/auth/check",
      request: { headers: proxied },
      isYes: (_, headers) => lists(headers.get("x-permissions")),
      isPresented: true,
    });
  }
  if (!ip && !permission && !instance) {
    // A session would be kept alive by what is asked of it.
    const headers = { ...presented, "x-background": "1" };
    surfaces.push({ path: "/v1/token", request: { headers }, isYes: () => true, isPresented: true });
  }
  return surfaces;
}

function verify({ by, credential, permission, instance, ip }: Asked): Surface {
  const headers = { "content-type": "application/json", ...by };
  return {
    path: "/v1/verify",
    request: { method: "POST", headers, body: JSON.stringify({ credential, permission, instance, ip }) },
    isYes: (body) => (JSON.parse(body) as { data: { valid: boolean } }).data.valid,
  };
}

/** An introspection lists what the credential may do: what it does not list is refused. */
function introspect({ by, credential, ip }: Asked, lists: (list: unknown) => boolean): Surface {
  return {
    path: "/oauth/introspect",
    request: { method: "POST", headers: by, body: new URLSearchParams({ token: credential, ...(ip && { ip }) }) },
    isYes: (body) => {
      const { active, scope } = JSON.parse(body) as { active: boolean; scope?: string };
      return active && lists(scope);
    },
  };
}

/** What the server of this origin says of the credential, on one of its surfaces. */
export async function ask(origin: string, asked: Asked, surface = pick(surfacesFor(asked))): Promise<Answer> {
  const { path, request, isYes, isPresented } = surface;
  const reply = await fetch(origin + path, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) })
    .then(async (answer) => ({ status: answer.status, headers: answer.headers, body: await answer.text() }))
    .catch(() => undefined);
  if (!reply) return "silent";
  const { status, headers, body } = reply;
  if (status === 503) return "unavailable";
  if (isPresented && (status === 401 || status === 403)) return "refused";
  if (status !== 200) throw new Error(`A check at ${path} was answered ${status} ${body}`);
  return isYes(body, headers) ? "accepted" : "refused";
}
