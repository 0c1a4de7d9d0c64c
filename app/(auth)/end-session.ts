import type { SignOutResponse } from "next-auth/react";

/** Signs out. Throws when the server did not do it. */
export async function endSession(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  const answer = (await signOut({ redirect: false })) as Partial<SignOutResponse>;
  // The client of next-auth takes a refusal for an answer too; only a sign-out names where to go.
  if (!answer.url) throw new Error("The session was not ended.");
}
