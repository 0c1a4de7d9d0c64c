export interface HeaderPolicy {
  /** The public address is https. */
  https: boolean;
  /** The development server needs eval, its inline styles and a web socket. */
  dev: boolean;
}

/** Every source a page may load from. Scripts run only with this answer's nonce, or loaded by one that has it. */
export function contentSecurityPolicy(nonce: string, { https, dev }: HeaderPolicy): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** The headers of every answer, errors and static files included. */
export function securityHeaders(requestId: string, nonce: string, policy: HeaderPolicy): Record<string, string> {
  return {
    "x-request-id": requestId,
    "content-security-policy": contentSecurityPolicy(nonce, policy),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...transportSecurity(policy),
  };
}

/** The headers of an answer that is no page and shows nothing: the same for all of them. */
export const plainHeaders = (policy: HeaderPolicy): Record<string, string> => ({
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  ...transportSecurity(policy),
});

const transportSecurity = ({ https }: HeaderPolicy): Record<string, string> =>
  https ? { "strict-transport-security": "max-age=31536000" } : {};
