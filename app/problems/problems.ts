import type { ErrorCode } from "@/lib/kernel/errors";

/** Why each error is answered and what helps. A code without its text does not compile. */
export const PROBLEMS: Record<ErrorCode, { cause: string; cure: string }> = {
  bad_request: {
    cause: "The request could not be read: broken JSON, a broken address, or a header that breaks its format.",
    cure: "Send what the API reference describes. Repeating the same request gives the same answer.",
  },
  malformed_id: {
    cause:
      "An id in the address is not an id of its kind. Ids look like 56-1a9c02f7b1-kq7vpd; the first part is the kind.",
    cure: "Copy the id from the console or from the answer that created the object.",
  },
  ambiguous_credentials: {
    cause: "The request carries two credentials, or one in the query string, where addresses end up in logs.",
    cure: "Send exactly one Authorization header. A credential that stood in an address counts as leaked: rotate it.",
  },
  unauthenticated: {
    cause: "The request carries no credential, and this address answers nobody without one.",
    cure: "Send “Authorization: apikey” followed by the key, or sign in to the console.",
  },
  credential_malformed: {
    cause: "The credential is no value this server ever issues: it was cut, mistyped, or its scheme is unknown.",
    cure: "Compare it with the stored value: all of it, without quotes or line breaks. The last characters are a checksum.",
  },
  credential_unknown: {
    cause: "The credential is well formed, but no version of any key has this value here.",
    cure: "Check that the request goes to the server that issued it. A lost value cannot be brought back; rotate the key.",
  },
  credential_revoked: {
    cause: "The credential was revoked, or this version of it ended with a rotation. It stays in the audit trail.",
    cure: "Use the newest version of the key, or have an Admin of the organization generate another one.",
  },
  credential_expired: {
    cause: "The credential has reached the end it was given.",
    cure: "Have an Admin of the organization generate another key or move the end of this one.",
  },
  credential_disabled: {
    cause: "The key or its app is disabled. This is reversible: nothing was lost.",
    cure: "Have an Admin of the organization enable it again.",
  },
  credential_not_yet_valid: {
    cause: "The key works only from a later time on.",
    cure: "Wait until then, or have an Admin of the organization change the time.",
  },
  session_ended: {
    cause: "The session ended: nobody acted for its idle time, it reached its absolute end, or somebody signed out.",
    cure: "Sign in again. What was typed into a form is kept for that.",
  },
  wrong_password: {
    cause: "The present password that was given with the new one is not the caller’s. Nothing was changed.",
    cure: "Try again with the password of the last sign-in. After five wrong ones the next try has to wait.",
  },
  challenge_expired: {
    cause: "A sign-in that waits for its second factor waits ten minutes and takes five codes; this one is over.",
    cure: "Sign in with the password again.",
  },
  forbidden: {
    cause: "The caller is known, but neither their roles nor the reach of the credential includes what this needs.",
    cure: "The answer’s missingPermissions says what is missing; an Owner or Admin can grant it. What changes credentials, people or policy always needs a person’s session.",
  },
  network_not_allowed: {
    cause: "The key is limited to networks, and the request came from an address outside all of them.",
    cure: "Call from an allowed network, or have an Admin of the organization add this one to the key.",
  },
  foreign_origin: {
    cause: "A browser sent a change on behalf of a page that does not belong to this server, or did not say which.",
    cure: "Make changes from the console itself. Programs send an Authorization header and no cookie.",
  },
  locked: {
    cause: "Too many sign-ins to this account, or from this network, failed. Whether the account exists is not told.",
    cure: "Wait a few minutes: five, unless your organization says otherwise. A browser that has signed in to the account before has tries of its own.",
  },
  login_refused: {
    cause:
      "The account, the person, the password, the app, its secret or the refresh token is not right or not valid any more, or there were too many attempts. Which of them is not told.",
    cure: "Check all of them; log in anew when a refresh token is refused. After too many attempts, wait five minutes.",
  },
  link_not_valid: {
    cause: "The link of the mail was used, has expired, was replaced by a newer one, or never was one of this server.",
    cure: "Open the newest mail. Otherwise ask for another link, or whoever invited you to send the invitation again.",
  },
  not_found: {
    cause: "There is nothing at this address, or nothing that belongs to your organization: both look the same.",
    cure: "Check the id and the path, and that the credential belongs to the organization you mean.",
  },
  method_not_allowed: {
    cause: "The address exists, but not for this HTTP method.",
    cure: "The answer’s Allow header lists the methods that work.",
  },
  request_timeout: {
    cause: "The headers or the body of the request came too slowly, so the server stopped waiting.",
    cure: "Send it again over a better connection. Nothing was changed.",
  },
  conflict: {
    cause:
      "The change does not fit the present state: a name is taken, a rotation is under way, or somebody was first.",
    cure: "Read the object again and decide anew; the answer’s detail says what stands in the way.",
  },
  reauthentication_required: {
    cause: "This act touches credentials, and the password was last given more than fifteen minutes ago.",
    cure: "Give the password again (POST /v1/sessions/current/proof), then repeat the request. The console asks by itself.",
  },
  body_too_large: {
    cause: "The body is larger than this server reads.",
    cure: "Send less; no request of this API needs as much.",
  },
  unsupported_media_type: {
    cause: "The body is not of a type this address reads.",
    cure: "Send JSON with “Content-Type: application/json”.",
  },
  misdirected: {
    cause: "The request names a host this server does not answer for.",
    cure: "Use the address it is published under. An operator adds a name by setting PUBLIC_URL.",
  },
  invalid_input: {
    cause: "The request was read, but some of its values are not allowed.",
    cure: "The answer’s errors point to each field and say what would be right.",
  },
  idempotency_mismatch: {
    cause: "The Idempotency-Key was used within the last 24 hours for a request with another body.",
    cure: "Use a new key for each new request, and the same one only to repeat a request unchanged.",
  },
  too_many_requests: {
    cause: "The limit of requests for this credential, or of tries for this account or address, is used up.",
    cure: "Wait as long as the Retry-After header says, then go on more slowly.",
  },
  internal: {
    cause: "Something failed that should not: a fault of this server, not of the request.",
    cure: "Try again. If it stays, give the requestId to whoever operates the server; it finds the fault in the log.",
  },
  store_unavailable: {
    cause: "The database did not answer in time, so nothing was decided on old knowledge.",
    cure: "Try again after the time the Retry-After header says. An operator checks the database and its connections.",
  },
  busy: {
    cause: "The server has more work of this kind than it takes on at once, such as many sign-ins at the same moment.",
    cure: "Try again after the time the Retry-After header says.",
  },
};
