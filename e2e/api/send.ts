/** Who sends a request: the headers that say so. */
export type Caller = Record<string, string>;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown> & { data?: Record<string, unknown> };
  requestId: string;
}

/** Requests to the server of this origin. */
export function sender(origin: string) {
  async function send(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
    headers: Caller = {},
  ): Promise<Reply> {
    const answer = await fetch(origin + path, {
      method,
      redirect: "manual",
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...caller, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json(;|$)/.test(answer.headers.get("content-type") ?? "") && text !== "";
    const requestId = answer.headers.get("x-request-id") ?? "";
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (isJson ? JSON.parse(text) : {}) as Reply["body"],
      requestId,
    };
  }

  /** The `data` of an answer that must have succeeded. */
  async function done<T = Record<string, string>>(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    const reply = await send(caller, method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body.data as T;
  }

  return { send, done };
}
