/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  devIndicators: false,
  // `npm test` checks the types of everything; the first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // One vendor's client asks with a trailing slash and does not follow redirects.
  skipTrailingSlashRedirect: true,
  // Loading every page before the first request would be a fifth of the time a start takes.
  experimental: { preloadEntriesOnStart: false },
};
