/** Finds the text anywhere, in any case. Its % and _ stand for themselves: a name may hold them. */
export const containing = (text: string) => ({
  contains: text.replace(/[\\%_]/g, "\\$&"),
  mode: "insensitive" as const,
});
