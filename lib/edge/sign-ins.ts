import { AppError } from "@/lib/kernel/errors";

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

const underWay = new Map<string, number>();

/** Does the work of a request. Throws `busy` for one more sign-in than are served at once. */
export async function admitSignIn(method: string | undefined, path: string, work: () => Promise<void>): Promise<void> {
  const limit = method === "POST" ? AT_ONCE.get(path) : undefined;
  if (limit === undefined) return work();
  const before = underWay.get(path) ?? 0;
  if (before >= limit) {
    throw new AppError("busy", "Too many sign-ins at once; try again in a moment.", { retryAfterSeconds: 2 });
  }
  underWay.set(path, before + 1);
  try {
    await work();
  } finally {
    underWay.set(path, (underWay.get(path) ?? 1) - 1);
  }
}
