import "server-only";
import { decode } from "next-auth/jwt";
import { env } from "@/lib/kernel/env";
import { deriveKey } from "@/lib/kernel/secret-key";

export const isSecure = () => env().publicUrl?.protocol === "https:";

/** `__Host-` binds a cookie to this host and to TLS; on plain loopback the browser would refuse it. */
export const cookieName = (name: string) => `${isSecure() ? "__Host-" : ""}latchkey-${name}`;

export const cookieOptions = () => ({ httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() });

export const cookieSecret = () => deriveKey("session cookie").toString("base64url");

/** The session id inside the cookie; undefined when there is no cookie of our making. */
export async function sessionIdOf(headers: Headers): Promise<string | undefined> {
  const name = cookieName("session");
  const token = headers
    .get("cookie")
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  if (!token) return undefined;
  const claims = await decode({ token, secret: cookieSecret() }).catch(() => null);
  return typeof claims?.sub === "string" ? claims.sub : undefined;
}
