import { log } from "@/lib/kernel/log";
import { isStaticPath, pathOf } from "./target";

interface Answered {
  requestId: string;
  method: string | undefined;
  url: string;
  status: number | undefined;
  /** By performance.now(). */
  began: number;
  ip: unknown;
  cut?: true | undefined;
}

/** One line per answer, without query values and secrets. Files of the build are not worth one. */
export function logAnswer({ url, began, ...answered }: Answered, level: "info" | "debug" = "info"): void {
  if (!log().isLevelEnabled(level)) return;
  const path = pathOf(url);
  if (isStaticPath(path)) return;
  log()[level]({ ...answered, path: withoutSecrets(path), ms: Math.round(performance.now() - began) }, "request");
}

/** A secret pasted into an address must not reach the log, however often it is encoded. Control characters stay encoded. */
function withoutSecrets(path: string): string {
  let plain = path.slice(0, 300);
  for (let before; before !== plain;) {
    before = plain;
    plain = plain.replace(/%([2-6][0-9a-f]|7[0-9a-e])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
  return plain.replace(/lk[a-z]_[0-9A-Za-z]+/gi, "[secret]");
}
