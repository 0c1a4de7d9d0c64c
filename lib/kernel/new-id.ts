import { ID_PREFIX, type IdKind } from "./ids";
import { randomText } from "./random";

const ALPHABET = "bcdfghjklmnpqrstvwxz0123456789";

export function newId(kind: IdKind): string {
  return `${ID_PREFIX[kind]}-${Date.now().toString(16).padStart(11, "0")}-${randomText(ALPHABET, 8)}`;
}
