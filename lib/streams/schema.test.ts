import { describe, expect, test } from "vitest";
import { CreateStream } from "./schema";

describe("an address", () => {
  test.each([
    ["webhook", "http://siem.example.com/"],
    ["webhook", "http://192.168.1.5/"],
    ["webhook", "https://169.254.169.254/latest/meta-data"],
    ["webhook", "https://[fe80::1]/"],
    ["webhook", "https://[::ffff:169.254.169.254]/"],
    ["webhook", "https://[fd00:ec2::254]/"],
    ["webhook", "https://[fd20:ce::254]/"],
    ["webhook", "https://100.100.100.200/"],
    ["webhook", "https://2852039166/"],
    ["webhook", "https://user:password@siem.example.com/"],
    ["webhook", "tls://siem.example.com:6514"],
    ["webhook", "file:///etc/passwd"],
    ["webhook", "siem"],
    ["syslog", "https://siem.example.com/"],
    ["syslog", "tls://169.254.169.254:6514"],
    ["syslog", "tls://logs.example.com/path"],
  ])("of a %s cannot be %s", (kind, url) => {
    const parsed = CreateStream.safeParse({ kind, name: "S", url });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([["url"]]);
  });

  test.each([
    ["webhook", "https://siem.example.com/in?x=1"],
    ["webhook", "http://localhost:8080/"],
    ["webhook", "http://[::1]:8080/"],
    ["webhook", "https://10.0.0.5/"],
    ["syslog", "tls://logs.example.com"],
    ["syslog", "tls://10.0.0.5:6514"],
  ])("of a %s can be %s", (kind, url) => {
    expect(CreateStream.safeParse({ kind, name: "S", url }).success).toBe(true);
  });
});
