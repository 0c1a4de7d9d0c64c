import "server-only";

/** A file of which nothing is in memory that is not on its way. */
export interface FileOnItsWay {
  name: string;
  type: string;
  stream: ReadableStream<Uint8Array>;
}

export const fileAnswer = ({ name, type, stream }: FileOnItsWay): Response =>
  new Response(stream, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
