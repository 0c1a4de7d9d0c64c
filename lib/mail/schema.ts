/** A mail that waits in the outbox for somebody to pass it on. The time is ISO 8601 in UTC. */
export interface MailRecord {
  to: string;
  subject: string;
  text: string;
  sentAt: string;
}
