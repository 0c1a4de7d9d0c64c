import "server-only";
import path from "node:path";
import { z } from "zod";
import { parseCidr } from "./networks";

const PORT_RANGE = "must be a whole number from 0 to 65535";

/** Nobody on the way reads or changes what goes there. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

const Env = z.object({
  PORT: z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(0, PORT_RANGE).max(65535, PORT_RANGE).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an address such as https://keys.example.com" }).optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "must be an address such as postgres://user:password@host:5432/database",
    })
    .optional(),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "must be an address such as redis://:password@host:6379" })
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform((list, check) => {
      const networks = list.split(",").map((entry) => entry.trim());
      for (const entry of networks.filter(Boolean)) {
        if (!parseCidr(entry))
          check.addIssue({ code: "custom", message: `${entry} is not an address or CIDR network` });
      }
      return networks.filter(Boolean);
    }),
  SECRET_KEY: z.string().min(32, "needs at least 32 characters").optional(),
  METRICS_TOKEN: z.string().min(32, "needs at least 32 characters").optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be an address such as smtp://user:password@mail.example.com:587" })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^\p{Cc}<>"]+ )?<?[^\s<>"@,]+@[^\s<>"@,]+>?$/u, "must be an address such as Latchkey <keys@example.com>")
    .optional(),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: "must be the address of an OpenID provider" })
    .refine(isSafe, "must be https, unless the provider runs on this machine")
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(60, "may have at most 60 characters").default("single sign-on"),
  CHECKPOINT_FILE: z.string().optional(),
  CHECKPOINT_URL: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://witness.example.com/latchkey" })
    .refine(isSafe, "must be https, unless it is on this machine")
    .optional(),
  CHECKPOINT_SYSLOG: z
    .url({ protocol: /^tls$/, hostname: /./, error: "must be an address such as tls://logs.example.com:6514" })
    .optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"], "must be fatal, error, warn, info, debug or silent")
    .default("info"),
});

export type Env = ReturnType<typeof parseEnv>;

/**
 * Reads the settings of the process from the environment: an empty value counts as absent.
 * Throws an Error that names each variable that is wrong and what would be right.
 */
export function parseEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = Env.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`These settings cannot be used:\n${problems.join("\n")}`);
  }
  const { data } = parsed;
  if (data.SMTP_URL && !data.MAIL_FROM) {
    throw new Error(
      "These settings cannot be used:\n  MAIL_FROM: must be set when SMTP_URL is: mails are sent from it",
    );
  }
  const dataDir = path.resolve(data.DATA_DIR);
  return {
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL ? new URL(data.PUBLIC_URL) : undefined,
    dataDir,
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    trustedProxies: data.TRUSTED_PROXIES,
    secretKey: data.SECRET_KEY,
    metricsToken: data.METRICS_TOKEN,
    smtpUrl: data.SMTP_URL ? new URL(data.SMTP_URL) : undefined,
    mailFrom: data.MAIL_FROM,
    logLevel: data.LOG_LEVEL,
    oidc: oidcOf(data),
    checkpoints: {
      file: data.CHECKPOINT_FILE ? path.resolve(data.CHECKPOINT_FILE) : path.join(dataDir, "checkpoints.log"),
      url: data.CHECKPOINT_URL ? new URL(data.CHECKPOINT_URL) : undefined,
      syslog: data.CHECKPOINT_SYSLOG ? new URL(data.CHECKPOINT_SYSLOG) : undefined,
    },
  };
}

function oidcOf(data: z.output<typeof Env>) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = data;
  if (!issuer && !clientId && !clientSecret) return undefined;
  if (!issuer || !clientId || !clientSecret) {
    throw new Error(
      "These settings cannot be used:\n  OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set all of them, or none",
    );
  }
  return { issuer, clientId, clientSecret, name };
}

let parsed: Env | undefined;

/** The settings of this process, parsed once. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
