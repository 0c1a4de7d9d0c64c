"use client";

import {
  type ComponentProps,
  type ComponentType,
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { atFirstAct } from "@/components/first-act";

/** What the menu is given beside its own properties. */
export interface Opening {
  triggerRef: Ref<HTMLButtonElement>;
  defaultOpen: boolean;
}

const OPENING_KEYS = ["Enter", " ", "ArrowDown"];

/**
 * A menu whose code comes with the first act on the page. Until then its button is there alone; a press on it is kept,
 * and opens the menu as soon as that is there.
 */
export function lateMenu<Props extends object>(
  load: () => Promise<ComponentType<Props & Opening>>,
  Button: ComponentType<Props & Omit<ComponentProps<"button">, keyof Props>>,
) {
  let loaded: ComponentType<Props & Opening> | undefined;
  const listeners = new Set<() => void>();
  async function begin() {
    loaded ??= await load();
    for (const listen of listeners) listen();
  }
  // One that does not come is asked for again by a press.
  atFirstAct(() => void begin().catch(() => undefined));

  return function LateMenu({ defaultOpen = false, ...rest }: Props & { defaultOpen?: boolean }) {
    const props = rest as unknown as Props & Omit<ComponentProps<"button">, keyof Props>;
    const triggerRef = useRef<HTMLButtonElement>(null);
    const hadFocus = useRef(false);
    const [isPressed, setPressed] = useState(defaultOpen);
    const subscribe = useCallback((listen: () => void) => {
      const hear = () => {
        hadFocus.current = document.activeElement === triggerRef.current;
        listen();
      };
      listeners.add(hear);
      return () => void listeners.delete(hear);
    }, []);
    const Menu = useSyncExternalStore(
      subscribe,
      () => loaded,
      () => undefined,
    );

    useEffect(() => {
      if (isPressed && !Menu) begin().catch(() => setPressed(false));
    }, [isPressed, Menu]);
    // The menu brings a button of its own.
    useLayoutEffect(() => {
      if (Menu && hadFocus.current) triggerRef.current?.focus();
    }, [Menu]);

    if (Menu) return <Menu {...props} triggerRef={triggerRef} defaultOpen={isPressed} />;
    return (
      <Button
        {...props}
        ref={triggerRef}
        aria-haspopup="menu"
        aria-expanded={false}
        onPointerDown={(event: PointerEvent) => event.button === 0 && setPressed(true)}
        onKeyDown={(event: KeyboardEvent) => OPENING_KEYS.includes(event.key) && setPressed(true)}
      />
    );
  };
}
