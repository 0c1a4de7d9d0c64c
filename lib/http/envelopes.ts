import { STATUS_CODES } from "node:http";
import type { Page } from "@/lib/kernel/cursor";
import type { AppError } from "@/lib/kernel/errors";
import { problemBody } from "./problem";

/** How one surface dresses answers and errors. */
export interface Envelope {
  success: (value: unknown, status: number) => unknown;
  failure: (error: AppError, requestId: string) => unknown;
  /** The status of an answer that is neither the route's own nor an error. */
  statusOf?: (value: unknown) => number | undefined;
  failureType: string;
}

const isPage = (value: unknown): value is Page<unknown> =>
  typeof value === "object" && value !== null && "rows" in value && "nextCursor" in value;

/** The Accounts API: `{_meta, data}`; errors are problem documents. */
export const v1: Envelope = {
  success: (value) => {
    const timestamp = new Date().toISOString();
    if (!isPage(value)) return { _meta: { timestamp, totalResults: 1, start: 0, offset: 0, limit: 1 }, data: value };
    const { rows, total, limit, nextCursor, previousCursor } = value;
    return {
      _meta: { timestamp, totalResults: total, start: 0, offset: 0, limit, nextCursor, previousCursor },
      data: rows,
    };
  },
  failure: problemBody,
  failureType: "application/problem+json",
};

/** The vendor's centers API: the bare answer; errors carry the status as a number. */
export const centers: Envelope = {
  success: (value) => value,
  failure: (error) => ({
    code: error.status,
    message: error.message,
    error: { code: error.status, message: error.message },
  }),
  failureType: "application/json",
};

/** The vendor's login tokens: the bare answer; an error has no credentials and carries its status as a number, twice. */
export const loginTokens: Envelope = {
  success: (value) => value,
  failure: (error, requestId) => ({ credentials: null, ...(centers.failure(error, requestId) as object) }),
  failureType: "application/json",
};

/** What a handler of the Auth API answers with. */
export interface AuthAnswer {
  /** 202 where something is still to come. */
  status?: 202;
  message: string;
  meta: Record<string, string>;
}

/** The vendor's Auth API: the status as its phrase and as a number, for success and failure alike. */
export const auth: Envelope = {
  success: (value, status) => {
    const { message, meta } = value as AuthAnswer;
    return { message, status: STATUS_CODES[status], meta, code: status };
  },
  statusOf: (value) => (value as AuthAnswer).status,
  failure: ({ message, status, details: { errors } }) => ({
    message,
    status: STATUS_CODES[status],
    ...(errors && { data: { errors } }),
    meta: {},
    code: status,
  }),
  failureType: "application/json",
};
