import type { IncomingHttpHeaders } from "node:http";
import type { Origin } from "@/lib/kernel/ctx";
import { type AppError, toAppError } from "@/lib/kernel/errors";
import { isLater, type Soon } from "@/lib/kernel/soon";
import { logFault } from "@/lib/http/fault";
import { problemBody, problemHeaders } from "@/lib/http/problem";

/** A request about credentials, as the edge reads it from the socket or Next's handler hands it on. */
export interface Inquiry {
  /** As in the first line of the request. */
  target: string;
  headers: IncomingHttpHeaders;
  body: string;
  origin: Origin;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Never throws: an error is an answer too. */
export type Answerer = (inquiry: Inquiry) => Soon<Answer>;

/** Answers with whatever is thrown as the error of the surface. */
export const answerer =
  (
    answer: (inquiry: Inquiry) => Soon<Answer>,
    failure: (error: AppError, requestId: string) => Answer = problem,
  ): Answerer =>
  (inquiry) => {
    const failed = (thrown: unknown) => {
      const error = toAppError(thrown);
      const { requestId } = inquiry.origin;
      logFault(error, thrown, requestId);
      return failure(error, requestId);
    };
    try {
      const answered = answer(inquiry);
      return isLater(answered) ? answered.catch(failed) : answered;
    } catch (thrown) {
      return failed(thrown);
    }
  };

const JSON_TYPE = { "content-type": "application/json" };
export const NOT_KEPT = { "cache-control": "no-store" };
const JSON_NOT_KEPT = { ...JSON_TYPE, ...NOT_KEPT };

export const json = (body: string, headers?: Record<string, string>): Answer => ({
  status: 200,
  headers: headers ? { ...JSON_TYPE, ...headers } : JSON_NOT_KEPT,
  body,
});

const problem = (error: AppError, requestId: string): Answer => ({
  status: error.status,
  headers: { "content-type": "application/problem+json", ...NOT_KEPT, ...problemHeaders(error) },
  body: JSON.stringify(problemBody(error, requestId)),
});

const OAUTH_ERRORS: Record<number, string> = {
  401: "invalid_client",
  403: "unauthorized_client",
  429: "temporarily_unavailable",
  500: "server_error",
  503: "temporarily_unavailable",
};

/** An error as OAuth clients read it (RFC 6749, 5.2): what is not about the client is about the request. */
export function oauthError(error: AppError): Answer {
  const code = OAUTH_ERRORS[error.status] ?? "invalid_request";
  const status = error.status === 422 ? 400 : error.status;
  return oauthRefusal(status, code, error.message, problemHeaders(error));
}

export const oauthRefusal = (status: number, code: string, detail: string, headers = {}): Answer => ({
  status,
  headers: { ...JSON_TYPE, ...NOT_KEPT, ...headers },
  body: JSON.stringify({ error: code, error_description: detail }),
});
