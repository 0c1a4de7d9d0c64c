export const SUB =
  "Each app of the organization gets its own keys. A key you do not restrict works on every API and never expires; rotating or revoking ends it.";
