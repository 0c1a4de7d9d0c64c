"use client";

import { late } from "@/components/late";

export interface RevealOnceProps {
  /** The secret just created; the dialog is open while there is one. Keep it in state only. */
  value: string | undefined;
  /** Called once the person is through: forget the value, then refresh the page. */
  onClose: () => void;
  title: string;
  /** What it is in a sentence: key, token, secret. */
  noun: string;
  /** What it can do, in plain words: "never expires · works from anywhere". */
  note?: string;
  /** Instead of the sentence under the title. */
  about?: string;
  /** What closing without storing it means. */
  loss?: string;
  /** Offers the value as a text file of this name too. */
  fileName?: string;
  /** How a request carries it; shown as a curl line against this server. */
  example?: { authorization: "apikey" | "bearer"; path: string };
}

/** Awaited before a secret is made: what shows it must be there when it is, as it can be asked for only once. */
export const loadReveal = () =>
  import("./reveal-dialog").then(
    (loaded) => loaded.RevealDialog,
    (cause: unknown) => {
      throw new Error("A part of this page did not load, so nothing was sent. Try again.", { cause });
    },
  );

const RevealDialog = late(loadReveal);

/** Shows a secret the one time it exists outside its owner's store. */
export function RevealOnce({ value, ...rest }: RevealOnceProps) {
  return value === undefined ? null : <RevealDialog key={value.slice(-4)} value={value} {...rest} />;
}
