import { expect, test } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { auth } from "./envelopes";
import { problemHeaders } from "./problem";

test("a login that has to wait is told so in the Auth API's envelope, and for how long", () => {
  const busy = new AppError("busy", "Too many sign-ins at once; try again in a moment.", { retryAfterSeconds: 2 });
  expect(auth.failure(busy, "req_test")).toEqual({
    message: "Too many sign-ins at once; try again in a moment.",
    status: "Service Unavailable",
    meta: {},
    code: 503,
  });
  expect(problemHeaders(busy)).toEqual({ "retry-after": "2" });
});
