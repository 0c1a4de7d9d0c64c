/** Whom an OpenID provider knows a person as. The time is ISO 8601 in UTC. */
export interface IdentityRecord {
  issuer: string;
  subject: string;
  createdAt: string;
}
