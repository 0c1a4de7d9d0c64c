/** Where to go after signing in: a path of this origin, or the overview for anything a browser could read otherwise. */
export const nextPath = (given: unknown): string =>
  typeof given === "string" && /^\/(?!\/)[!-[\]-~]*$/.test(given) ? given : "/";
