import "server-only";
import * as kernel from "@/lib/kernel/seal";

const PURPOSE = "second factor";

/** A second factor's secret as it is stored, bound to its person. */
export const seal = (secret: string, userId: string) => kernel.seal(PURPOSE, secret, userId);

/** Throws when it was altered, is somebody else's, or was sealed under another key. */
export const unseal = (sealed: Uint8Array, userId: string) => kernel.unseal(PURPOSE, sealed, userId);
