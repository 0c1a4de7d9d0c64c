/** A restore that whoever verifies knows of: the epoch began from the log's first `size` events. */
export interface Restored {
  epoch: number;
  size: number;
}

/** Reads `<epoch>:<size>`, as `npm run restore` prints it. Throws an Error when it is something else. */
export function parseRestored(text: string): Restored {
  const [, epoch, size] = /^([1-9]\d{0,9}):(0|[1-9]\d{0,15})$/.exec(text) ?? [];
  if (!epoch || epoch === "1" || !Number.isSafeInteger(Number(size))) {
    throw new Error(`${JSON.stringify(text.slice(0, 40))} is no restore: write <epoch>:<size>, such as 2:1000`);
  }
  return { epoch: Number(epoch), size: Number(size) };
}

/** How many events two epochs of a log have in common; all of them, as long as no restore between them is accepted. */
export const keptOf = (restored: readonly Restored[], one: number, other: number): number =>
  Math.min(
    Infinity,
    ...restored
      .filter(({ epoch }) => epoch > Math.min(one, other) && epoch <= Math.max(one, other))
      .map(({ size }) => size),
  );
