import type { RouteModule } from "@/lib/http/openapi";
import * as metadata from "@/app/.well-known/oauth-authorization-server/route";
import * as forwardCheck from "@/app/auth/check/[[...original]]/route";
import * as login from "@/app/auth/login/route";
import * as logout from "@/app/auth/logout/route";
import * as passwordReset from "@/app/auth/password-reset/route";
import * as passwordResets from "@/app/auth/password-resets/route";
import * as verify from "@/app/auth/verify/route";
import * as verifySecondFactor from "@/app/auth/verify-2fa/route";
import * as introspect from "@/app/oauth/introspect/route";
import * as revoke from "@/app/oauth/revoke/route";
import * as apps from "@/app/v1/apps/route";
import * as app from "@/app/v1/apps/[app]/route";
import * as appGrants from "@/app/v1/apps/[app]/grants/route";
import * as appGrant from "@/app/v1/apps/[app]/grants/[grant]/route";
import * as appKeys from "@/app/v1/apps/[app]/keys/route";
import * as appSecret from "@/app/v1/apps/[app]/secret/route";
import * as auditBundle from "@/app/v1/audit/bundle/route";
import * as auditCheckpoint from "@/app/v1/audit/checkpoint/route";
import * as auditProof from "@/app/v1/audit/proof/route";
import * as auditVerifications from "@/app/v1/audit/verifications/route";
import * as auditEvents from "@/app/v1/audit-events/route";
import * as auditExport from "@/app/v1/audit-events/export/route";
import * as auditHistogram from "@/app/v1/audit-events/histogram/route";
import * as auditEvent from "@/app/v1/audit-events/[event]/route";
import * as auditViews from "@/app/v1/audit-views/route";
import * as auditView from "@/app/v1/audit-views/[view]/route";
import * as centers from "@/app/v1/centers/route";
import * as center from "@/app/v1/centers/[instance]/route";
import * as credentials from "@/app/v1/credentials/route";
import * as confirmations from "@/app/v1/credentials/confirmations/route";
import * as instances from "@/app/v1/instances/route";
import * as instance from "@/app/v1/instances/[instance]/route";
import * as instanceAudits from "@/app/v1/instances/[instance]/env/audits/route";
import * as instanceAudit from "@/app/v1/instances/[instance]/env/audits/[event]/route";
import * as instancePending from "@/app/v1/instances/[instance]/users/pending/route";
import * as instancePeople from "@/app/v1/instances/[instance]/users/roles/route";
import * as instanceRoles from "@/app/v1/instances/[instance]/roles/route";
import * as instanceRole from "@/app/v1/instances/[instance]/roles/[role]/route";
import * as instanceTokens from "@/app/v1/instances/[instance]/tokens/route";
import * as invites from "@/app/v1/invites/route";
import * as invite from "@/app/v1/invites/[invite]/route";
import * as inviteLink from "@/app/v1/invites/by-link/route";
import * as key from "@/app/v1/keys/[key]/route";
import * as rotations from "@/app/v1/keys/[key]/rotations/route";
import * as rotation from "@/app/v1/keys/[key]/rotations/current/route";
import * as keyUsage from "@/app/v1/keys/[key]/usage/route";
import * as outboxReadings from "@/app/v1/outbox/readings/route";
import * as policy from "@/app/v1/policy/route";
import * as resources from "@/app/v1/resources/route";
import * as resource from "@/app/v1/resources/[name]/route";
import * as roles from "@/app/v1/roles/route";
import * as role from "@/app/v1/roles/[role]/route";
import * as rules from "@/app/v1/roles/[role]/granulars/route";
import * as rule from "@/app/v1/roles/[role]/granulars/[resource]/route";
import * as sessions from "@/app/v1/sessions/route";
import * as oneSession from "@/app/v1/sessions/[session]/route";
import * as session from "@/app/v1/sessions/current/route";
import * as extension from "@/app/v1/sessions/current/extension/route";
import * as proof from "@/app/v1/sessions/current/proof/route";
import * as setup from "@/app/v1/setup/route";
import * as presented from "@/app/v1/token/route";
import * as streams from "@/app/v1/streams/route";
import * as stream from "@/app/v1/streams/[stream]/route";
import * as streamDeliveries from "@/app/v1/streams/[stream]/deliveries/route";
import * as streamSecret from "@/app/v1/streams/[stream]/secret/route";
import * as tokens from "@/app/v1/tokens/route";
import * as ownGrants from "@/app/v1/tokens/sessions/revoke/route";
import * as token from "@/app/v1/tokens/[token]/route";
import * as tokenRotations from "@/app/v1/tokens/[token]/rotations/route";
import * as tokenRotation from "@/app/v1/tokens/[token]/rotations/current/route";
import * as tokenUsage from "@/app/v1/tokens/[token]/usage/route";
import * as usage from "@/app/v1/usage/route";
import * as users from "@/app/v1/users/route";
import * as user from "@/app/v1/users/[user]/route";
import * as userGrants from "@/app/v1/users/[user]/grants/route";
import * as userRoles from "@/app/v1/users/[user]/roles/route";
import * as userRole from "@/app/v1/users/[user]/roles/[role]/route";
import * as identities from "@/app/v1/users/[user]/identities/route";
import * as secondFactor from "@/app/v1/users/[user]/second-factor/route";
import * as recoveryCodes from "@/app/v1/users/[user]/second-factor/recovery-codes/route";
import * as roleHolders from "@/app/v1/users/roles/[role]/route";
import * as verification from "@/app/v1/verify/route";

/** Every operation of the API by its path. A test fails on a route file that is not here. */
export const ROUTES: Record<string, RouteModule> = {
  "/.well-known/oauth-authorization-server": metadata,
  "/auth/check": forwardCheck,
  "/auth/login": login,
  "/auth/logout": logout,
  "/auth/password-reset": passwordReset,
  "/auth/password-resets": passwordResets,
  "/auth/verify": verify,
  "/auth/verify-2fa": verifySecondFactor,
  "/oauth/introspect": introspect,
  "/oauth/revoke": revoke,
  "/v1/apps": apps,
  "/v1/apps/{app}": app,
  "/v1/apps/{app}/grants": appGrants,
  "/v1/apps/{app}/grants/{grant}": appGrant,
  "/v1/apps/{app}/keys": appKeys,
  "/v1/apps/{app}/secret": appSecret,
  "/v1/audit/bundle": auditBundle,
  "/v1/audit/checkpoint": auditCheckpoint,
  "/v1/audit/proof": auditProof,
  "/v1/audit/verifications": auditVerifications,
  "/v1/audit-events": auditEvents,
  "/v1/audit-events/export": auditExport,
  "/v1/audit-events/histogram": auditHistogram,
  "/v1/audit-events/{event}": auditEvent,
  "/v1/audit-views": auditViews,
  "/v1/audit-views/{view}": auditView,
  "/v1/centers": centers,
  "/v1/centers/{instance}": center,
  "/v1/credentials": credentials,
  "/v1/credentials/confirmations": confirmations,
  "/v1/instances": instances,
  "/v1/instances/{instance}": instance,
  "/v1/instances/{instance}/env/audits": instanceAudits,
  "/v1/instances/{instance}/env/audits/{event}": instanceAudit,
  "/v1/instances/{instance}/users/pending": instancePending,
  "/v1/instances/{instance}/users/roles": instancePeople,
  "/v1/instances/{instance}/roles": instanceRoles,
  "/v1/instances/{instance}/roles/{role}": instanceRole,
  "/v1/instances/{instance}/tokens": instanceTokens,
  "/v1/invites": invites,
  "/v1/invites/{invite}": invite,
  "/v1/invites/by-link": inviteLink,
  "/v1/keys/{key}": key,
  "/v1/keys/{key}/rotations": rotations,
  "/v1/keys/{key}/rotations/current": rotation,
  "/v1/keys/{key}/usage": keyUsage,
  "/v1/outbox/readings": outboxReadings,
  "/v1/policy": policy,
  "/v1/resources": resources,
  "/v1/resources/{name}": resource,
  "/v1/roles": roles,
  "/v1/roles/{role}": role,
  "/v1/roles/{role}/granulars": rules,
  "/v1/roles/{role}/granulars/{resource}": rule,
  "/v1/sessions": sessions,
  "/v1/sessions/{session}": oneSession,
  "/v1/sessions/current": session,
  "/v1/sessions/current/extension": extension,
  "/v1/sessions/current/proof": proof,
  "/v1/setup": setup,
  "/v1/token": presented,
  "/v1/streams": streams,
  "/v1/streams/{stream}": stream,
  "/v1/streams/{stream}/deliveries": streamDeliveries,
  "/v1/streams/{stream}/secret": streamSecret,
  "/v1/tokens": tokens,
  "/v1/tokens/sessions/revoke": ownGrants,
  "/v1/tokens/{token}": token,
  "/v1/tokens/{token}/rotations": tokenRotations,
  "/v1/tokens/{token}/rotations/current": tokenRotation,
  "/v1/tokens/{token}/usage": tokenUsage,
  "/v1/usage": usage,
  "/v1/users": users,
  "/v1/users/{user}": user,
  "/v1/users/{user}/grants": userGrants,
  "/v1/users/{user}/roles": userRoles,
  "/v1/users/{user}/roles/{role}": userRole,
  "/v1/users/{user}/identities": identities,
  "/v1/users/{user}/second-factor": secondFactor,
  "/v1/users/{user}/second-factor/recovery-codes": recoveryCodes,
  "/v1/users/roles/{role}": roleHolders,
  "/v1/verify": verification,
};
