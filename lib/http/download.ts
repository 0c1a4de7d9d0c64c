import "server-only";
import { log } from "@/lib/kernel/log";

export interface Download {
  fileName: string;
  type: string;
  /** How many lines are to come. */
  total?: number;
  parts: AsyncIterable<string | Uint8Array>;
}

/** A file that is made while it is sent: the next part when the one before has left, and nothing else in memory. */
export function download({ fileName, type, total, parts }: Download): Response {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      } catch (thrown) {
        log().error({ err: thrown }, "a download broke off");
        controller.error(thrown);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      ...(total !== undefined && { "x-total-records": String(total) }),
    },
  });
}
