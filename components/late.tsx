"use client";

import { lazy, Suspense, useState, type ComponentType } from "react";
import { useIsHydrated } from "@/components/clock";
import { atFirstAct } from "@/components/first-act";
// Must hear where the focus was before the dialog that will give it back has come.
import "@/components/ui/return-focus";

type Load<Props> = () => Promise<ComponentType<Props>>;

/**
 * A component whose code comes after the page's: with the first act on the page, at the latest when it is shown. For
 * what takes a press to see, such as the form in a dialog: `late(() => import("./form").then((loaded) => loaded.Form))`.
 */
export function late<Props extends object>(load: Load<Props>) {
  let known: ComponentType<Props> | undefined;
  const loaded = () => load().then((component) => ({ default: (known = component) }));
  const Loaded = lazy(loaded) as unknown as ComponentType<Props>;
  // One that does not come is asked for again when it is shown.
  atFirstAct(() => void loaded().catch(() => undefined));
  return function Late(props: Props) {
    // What is here is shown at once: Suspense would let a person type into nothing for a third of a second. But not on
    // the server, which has it from the second request on: the page begins alike on both sides.
    const isHydrated = useIsHydrated();
    const [Known] = useState(() => (isHydrated ? known : undefined));
    if (Known) return <Known {...props} />;
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

/** The same for a dialog with its frame, or several of which `dialog` names the open one. */
export function lateDialog<Props extends { open?: boolean } | { dialog?: unknown }>(load: Load<Props>) {
  const Dialog = late(load);
  return function LateDialog(props: Props) {
    const isOpen = Boolean("dialog" in props ? props.dialog : (props as { open?: boolean }).open);
    const [wasOpened, setOpened] = useState(isOpen);
    if (isOpen && !wasOpened) setOpened(true);
    return wasOpened && <Dialog {...props} />;
  };
}
