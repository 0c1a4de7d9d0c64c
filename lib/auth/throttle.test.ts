import { expect, test } from "vitest";
import { addressBucket, chargeAttempt, refundAttempt } from "./throttle";

const chargeTimes = async (times: number, charge: () => Promise<boolean>) => {
  let admitted = 0;
  for (let turn = 0; turn < times; turn++) if (await charge()) admitted++;
  return admitted;
};

test("an address has room for fifty attempts in its window and no more", async () => {
  const office = addressBucket("203.0.113.9");
  expect(await chargeTimes(60, () => chargeAttempt([office]))).toBe(50);
});

test("right passwords from one address never fill its bucket", async () => {
  const office = addressBucket("203.0.113.10");
  const signInRightly = async () => {
    const hasRoom = await chargeAttempt([office]);
    await refundAttempt([office]);
    return hasRoom;
  };
  expect(await chargeTimes(60, signInRightly)).toBe(60);
});

test("addresses of one IPv6 /64 share a bucket and its neighbors have their own", () => {
  const digestOf = (ip: string) => Buffer.from(addressBucket(ip).digest).toString("hex");
  expect(digestOf("2001:db8:1:2::1")).toBe(digestOf("2001:db8:1:2:ffff::9"));
  expect(digestOf("2001:db8:1:3::1")).not.toBe(digestOf("2001:db8:1:2::1"));
  expect(digestOf("::ffff:203.0.113.9")).toBe(digestOf("203.0.113.9"));
});
