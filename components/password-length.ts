/** In characters as people count them. */
export const lengthOf = (password: string) => [...password].length;
