import "server-only";
import { log } from "@/lib/kernel/log";

export interface Download {
  fileName: string;
  type: string;
  /** How many records are to come. */
  total?: number;
  parts: AsyncGenerator<string>;
}

/** A file that is made while it is sent: the next part when the one before has left. */
export function download({ fileName, type, total, parts }: Download): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (thrown) {
        log().error({ err: thrown }, "a download broke off");
        controller.error(thrown);
      }
    },
    async cancel() {
      await parts.return(undefined);
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
