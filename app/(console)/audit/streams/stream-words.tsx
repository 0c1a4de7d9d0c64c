import { Status } from "@/components/ui/status";
import type { StreamRecord } from "@/lib/streams/schema";

const TONES = { delivering: "ok", failing: "bad", paused: "idle" } as const;
const WORDS = { delivering: "Delivering", failing: "Failing", paused: "Paused" } as const;

export const KINDS = { webhook: "Webhook", syslog: "Syslog over TLS" } as const;

export const StreamState = ({ status }: Pick<StreamRecord, "status">) => (
  <Status tone={TONES[status]}>{WORDS[status]}</Status>
);

/** How many events wait to be delivered. */
export const behind = ({ size, cursor }: StreamRecord) => Math.max(0, size - cursor);
