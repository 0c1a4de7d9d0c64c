import { AppError } from "@/lib/kernel/errors";
import { networkOf } from "@/lib/kernel/networks";

/**
 * Where a password or a code is tried, and how many at once: beyond those that wait for the hashing nobody is let in,
 * so that a flood does not hold up the checks. Tokens are issued and refreshed at the address of their sign-in.
 */
const AT_ONCE = new Map([
  ["/auth/login", 32],
  ["/auth/verify-2fa", 32],
  ["/api/auth/callback/credentials", 32],
  ["/api/auth/callback/second-factor", 32],
  ["/v1/tokens", 64],
]);

/** Of these, how many may come from one network: the others find a place beside it. */
const SHARE = 1 / 4;

const underWay = new Map<string, number>();

interface Arrival {
  method: string | undefined;
  path: string;
  address: string;
}

/** An address as Next reads it: it takes a slash at the end and encoded letters for the same. The edge has decoded it before. */
const asRead = (path: string) => decodeURIComponent(path).replace(/(?<=.)\/$/, "");

/**
 * Where a request would take a place, or nowhere. Throws `busy` for one more sign-in than are served at once: asked
 * before its body is read too, as turning away is to cost as little as it can.
 */
export function requireRoom({ method, path, address }: Arrival): string[] {
  if (method !== "POST") return [];
  const place = asRead(path);
  const limit = AT_ONCE.get(place);
  if (limit === undefined) return [];
  const own = `${place} ${networkOf(address)}`;
  if (countOf(place) >= limit || countOf(own) >= limit * SHARE) {
    throw new AppError("busy", "Too many sign-ins at once; try again in a moment.", { retryAfterSeconds: 2 });
  }
  return [place, own];
}

/** Does the work of a request, in its place. Throws `busy` as above. */
export async function admitSignIn(arrival: Arrival, work: () => Promise<void>): Promise<void> {
  const places = requireRoom(arrival);
  for (const place of places) underWay.set(place, countOf(place) + 1);
  try {
    await work();
  } finally {
    for (const place of places) {
      if (countOf(place) > 1) underWay.set(place, countOf(place) - 1);
      else underWay.delete(place);
    }
  }
}

const countOf = (place: string) => underWay.get(place) ?? 0;
