const ACTS = ["pointermove", "pointerdown", "keydown"] as const;
const waiting: (() => void)[] = [];
let hasActed = false;

function act(): void {
  hasActed = true;
  for (const name of ACTS) window.removeEventListener(name, act, true);
  for (const work of waiting.splice(0)) work();
}

/** Runs the work once the person moves, presses or types: what acting needs, reading does without. */
export function atFirstAct(work: () => void): void {
  if (hasActed) return work();
  if (typeof window === "undefined") return;
  if (waiting.length === 0) for (const name of ACTS) window.addEventListener(name, act, { capture: true });
  waiting.push(work);
}
