import { json } from "node:stream/consumers";
import autocannon from "autocannon";
import { percentile } from "./figures";

export interface Request {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Load {
  url: string;
  connections: number;
  /** Dealt out to the connections, each of which repeats its own. */
  requests: Request[];
  /** For how long to go on, or how many requests to send. */
  end: { seconds: number } | { requests: number };
  /** What each answer must be; some 2xx where it is not said. */
  status?: number;
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  answers: number;
  /** Answers that are not what they must be, connections that broke, requests that timed out. */
  failures: number;
}

/** Runs one load: a process of its own, which is told it on standard input and prints what it measured. */
async function run({ url, connections, requests, end, status }: Load): Promise<Measured> {
  const times: number[] = [];
  let [dealt, others] = [0, 0];
  let [began, ended] = [0, 0];
  const { non2xx, errors } = await new Promise<autocannon.Result>((resolve, reject) => {
    const options: autocannon.Options = {
      url,
      connections,
      ...("seconds" in end ? { duration: end.seconds } : { amount: end.requests }),
      sampleInt: 50,
      setupClient: (client) => {
        const hand = dealt++ % Math.min(connections, requests.length);
        client.setRequests(requests.filter((_, index) => index % connections === hand));
      },
    };
    const load = autocannon(options, (error: Error | null, result) => (error ? reject(error) : resolve(result)));
    // Its own figures are whole milliseconds.
    load.on("response", (_client, answered, _bytes, milliseconds) => {
      // Writing out tens of thousands of requests beforehand is no time of the server's.
      ended = performance.now();
      if (times.length === 0) began = ended;
      times.push(milliseconds);
      if (answered !== status) others += 1;
    });
  });
  const perSecond = ((times.length - 1) / (ended - began)) * 1000;
  const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
  return { perSecond, p50, p99, answers: times.length, failures: errors + (status ? others : non2xx) };
}

process.stdout.write(JSON.stringify(await run((await json(process.stdin)) as Load)));
process.exit();
