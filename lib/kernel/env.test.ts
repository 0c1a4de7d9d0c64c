import { expect, test } from "vitest";
import { parseEnv } from "./env";

const OIDC = { OIDC_ISSUER: "https://id.example.com", OIDC_CLIENT_ID: "latchkey", OIDC_CLIENT_SECRET: "s3cret" };

test("single sign-on is off without its settings, and an empty value is none", () => {
  expect(parseEnv({}).oidc).toBeUndefined();
  expect(parseEnv({ OIDC_ISSUER: "", OIDC_CLIENT_ID: "", OIDC_CLIENT_SECRET: "" }).oidc).toBeUndefined();
  expect(parseEnv({ OIDC_NAME: "Acme ID" }).oidc).toBeUndefined();
});

test("single sign-on takes all of its settings", () => {
  expect(parseEnv({ ...OIDC, OIDC_NAME: "Acme ID" }).oidc).toEqual({
    issuer: "https://id.example.com",
    clientId: "latchkey",
    clientSecret: "s3cret",
    name: "Acme ID",
  });
  for (const missing of Object.keys(OIDC))
    expect(() => parseEnv({ ...OIDC, [missing]: "" }), missing).toThrow("set all of them, or none");
});

test.each([
  ["http://id.example.com", false],
  ["http://127.0.0.1:9000", true],
  ["http://localhost:9000", true],
  ["http://localhost.evil.example", false],
  ["ftp://127.0.0.1", false],
  ["id.example.com", false],
])("the provider %s is taken: %s", (issuer, isTaken) => {
  const parsed = () => parseEnv({ ...OIDC, OIDC_ISSUER: issuer }).oidc?.issuer;
  if (isTaken) expect(parsed()).toBe(issuer);
  else expect(parsed).toThrow("OIDC_ISSUER");
});

test.each([
  ["redis://127.0.0.1:6379", true],
  ["rediss://limits:secret@redis.example.com:6380/1", true],
  ["http://127.0.0.1:6379", false],
  ["127.0.0.1:6379", false],
])("the Redis %s is taken: %s", (url, isTaken) => {
  const parsed = () => parseEnv({ REDIS_URL: url }).redisUrl;
  if (isTaken) expect(parsed()).toBe(url);
  else expect(parsed).toThrow("REDIS_URL");
});

test("a token for the metrics has 32 characters or more", () => {
  expect(parseEnv({}).metricsToken).toBeUndefined();
  expect(parseEnv({ METRICS_TOKEN: "m".repeat(32) }).metricsToken).toBe("m".repeat(32));
  expect(() => parseEnv({ METRICS_TOKEN: "m".repeat(31) })).toThrow("METRICS_TOKEN: needs at least 32 characters");
});

test("checkpoints go to a file of the data directory, unless another is set", () => {
  expect(parseEnv({ DATA_DIR: "/srv/latchkey" }).checkpoints).toEqual({
    file: "/srv/latchkey/checkpoints.log",
    url: undefined,
    syslog: undefined,
  });
  expect(parseEnv({ CHECKPOINT_FILE: "/var/log/checkpoints.log" }).checkpoints.file).toBe("/var/log/checkpoints.log");
});

test.each([
  ["CHECKPOINT_URL", "https://witness.example.com/latchkey", true],
  ["CHECKPOINT_URL", "http://127.0.0.1:9000/", true],
  ["CHECKPOINT_URL", "http://witness.example.com/", false],
  ["CHECKPOINT_URL", "witness.example.com", false],
  ["CHECKPOINT_SYSLOG", "tls://logs.example.com:6514", true],
  ["CHECKPOINT_SYSLOG", "tls://logs.example.com", true],
  ["CHECKPOINT_SYSLOG", "tcp://logs.example.com:514", false],
  ["CHECKPOINT_SYSLOG", "logs.example.com", false],
  ["CHECKPOINT_SYSLOG", "tls://", false],
])("%s=%s is taken: %s", (name, value, isTaken) => {
  const parsed = () => parseEnv({ [name]: value }).checkpoints;
  if (isTaken) expect([parsed().url?.href, parsed().syslog?.href].join("")).toContain(value);
  else expect(parsed).toThrow(name);
});
