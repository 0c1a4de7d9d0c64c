export interface Message {
  text: string;
  kind: "plain" | "success" | "error";
}

const NONE: readonly Message[] = [];
let messages = NONE;
const listeners = new Set<() => void>();

/** Says something at the edge of the page for a few seconds. */
export function toast(text: string, kind: Message["kind"] = "plain"): void {
  messages = [...messages, { text, kind }];
  for (const listen of listeners) listen();
}

/** For the toaster alone: everything said since the page was loaded, oldest first. */
export const said = {
  read: () => messages,
  readOnServer: () => NONE,
  subscribe(listen: () => void) {
    listeners.add(listen);
    return () => void listeners.delete(listen);
  },
};
