import type { Operation } from "./operations";
import { fresh } from "./world";

/** Those on where the trail is sent: an organization's matter, and no credential's. */
export const STREAM_OPERATIONS: Record<string, Operation> = {
  "GET /v1/streams": {
    statuses: "401 401 401  200 200  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "POST /v1/streams": {
    statuses: "401 401 401  201 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({ kind: "webhook", name: fresh("Stream"), url: "http://127.0.0.1:9/" }),
  },
  "GET /v1/streams/[stream]": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "PATCH /v1/streams/[stream]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
    body: () => ({ name: fresh("Stream") }),
  },
  "DELETE /v1/streams/[stream]": {
    statuses: "401 401 401  404 403  403 403  200 200 403 403  403 403  200  403 403  403 403  403",
  },
  "POST /v1/streams/[stream]/secret": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({}),
  },
  "GET /v1/streams/[stream]/deliveries": {
    statuses: "401 401 401  404 404  200 403  200 200 403 200  403 403  200  403 403  403 403  200",
  },
  "POST /v1/streams/[stream]/deliveries": {
    statuses: "401 401 401  404 403  403 403  201 201 403 403  403 403  201  403 403  403 403  403",
    body: () => ({}),
  },
};
