/** RFC 4648, 4, with padding: the same in the server and in browsers. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Throws an Error for anything but the one form that `toBase64` gives. */
export function fromBase64(text: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new Error("not base64", { cause });
  }
  if (btoa(binary) !== text) throw new Error("not canonical base64");
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
