/** The text for a LIKE pattern: its % and _ stand for themselves, as a name may hold them. */
export const likeText = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Finds the text anywhere, in any case. */
export const containing = (text: string) => ({ contains: likeText(text), mode: "insensitive" as const });
