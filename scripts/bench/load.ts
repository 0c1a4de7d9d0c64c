import { json } from "node:stream/consumers";
import autocannon from "autocannon";
import { percentile } from "./figures";

export interface Load {
  url: string;
  headers: Record<string, string>;
  connections: number;
  /** Credentials to ask about, dealt out to the connections: in the field of a form, or as the one that is presented. */
  tokens: string[];
  place: "form" | "header";
  /** For how long, or how many requests. */
  end: { seconds: number } | { requests: number };
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  answers: number;
  /** Answers other than 200, connections that broke, requests that timed out. */
  failures: number;
}

/** Runs one load: a process of its own, which is told it on standard input and prints what it measured. */
async function run({ url, headers, connections, tokens, place, end }: Load): Promise<Measured> {
  const requests = tokens.map((token) =>
    place === "form"
      ? { method: "POST" as const, headers: { ...headers, ...FORM }, body: `token=${token}` }
      : { method: "GET" as const, headers: { ...headers, authorization: `bearer ${token}` } },
  );
  const times: number[] = [];
  let set = 0;
  const began = performance.now();
  const { non2xx, errors } = await new Promise<autocannon.Result>((resolve, reject) => {
    const options: autocannon.Options = {
      url,
      connections,
      ...("seconds" in end ? { duration: end.seconds } : { amount: end.requests }),
      sampleInt: 50,
      setupClient: (client) => {
        const own = requests.filter((_, index) => index % connections === set % connections);
        client.setRequests(own.length > 0 ? own : requests);
        set += 1;
      },
    };
    const load = autocannon(options, (error: Error | null, result) => (error ? reject(error) : resolve(result)));
    // Its own figures are whole milliseconds.
    load.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
  const perSecond = (times.length / (performance.now() - began)) * 1000;
  const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
  return { perSecond, p50, p99, answers: times.length, failures: non2xx + errors };
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

process.stdout.write(JSON.stringify(await run((await json(process.stdin)) as Load)));
process.exit();
