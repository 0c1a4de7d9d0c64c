export interface Lines {
  /** Without their line feeds. */
  lines: Uint8Array[];
  /** Everything that was read since the last ones. */
  bytes: Uint8Array;
  /** The last one has no line feed. */
  isCut?: true;
}

const LINE_FEED = 0x0a;
/** A record is made of one request, which has a quarter of this at most. */
const LINE_BYTES = 1 << 22;

/** Cuts a stream into lines, as many at a time as a chunk completes. Throws an Error when one is too long. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Lines> {
  let rest: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of chunks) {
    const lines: Uint8Array[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      lines.push(joined([...rest, bytes.subarray(start, end)]));
      rest = [];
      length = 0;
      start = end + 1;
    }
    if (start < bytes.length) rest.push(bytes.slice(start));
    length += bytes.length - start;
    if (length > LINE_BYTES) throw new Error(`has a line of more than ${LINE_BYTES} bytes`);
    yield { lines, bytes };
  }
  if (rest.length > 0) yield { lines: [joined(rest)], bytes: new Uint8Array(), isCut: true };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
