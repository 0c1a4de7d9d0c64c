import { Status } from "@/components/ui/status";
import type { UserRecord } from "@/lib/users/schema";

const STATES = {
  active: ["ok", "Active"],
  invited: ["warn", "Invited"],
  deactivated: ["idle", "Deactivated"],
} as const satisfies Record<UserRecord["status"], unknown>;

export function PersonState({ status }: Pick<UserRecord, "status">) {
  const [tone, word] = STATES[status];
  return <Status tone={tone}>{word}</Status>;
}
