"use client";

import { lazy, Suspense, useState, type ComponentType } from "react";
import { atFirstAct } from "@/components/first-act";

/** A dialog whose code comes after the page's: with the first act on the page, at the latest when it opens. */
export function lateDialog<Props extends { open?: boolean }>(load: () => Promise<ComponentType<Props>>) {
  const loaded = () => load().then((component) => ({ default: component }));
  const Dialog = lazy(loaded) as unknown as ComponentType<Props>;
  // One that does not come is asked for again when it opens.
  atFirstAct(() => void loaded().catch(() => undefined));
  return function LateDialog(props: Props) {
    const [wasOpened, setOpened] = useState(false);
    if (props.open && !wasOpened) setOpened(true);
    return (
      wasOpened && (
        <Suspense>
          <Dialog {...props} />
        </Suspense>
      )
    );
  };
}
