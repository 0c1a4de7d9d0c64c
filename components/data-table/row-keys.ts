"use client";

import { useEffect, useEffectEvent, type RefObject } from "react";

interface RowKeys {
  search: RefObject<HTMLInputElement | null>;
  body: RefObject<HTMLTableSectionElement | null>;
  open: (index: number) => void;
  toggle?: (index: number) => void;
}

/** `/` searches; j, k and the arrows walk the rows; Enter opens the one in focus, x selects it. */
export function useRowKeys({ search, body, open, toggle }: RowKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return;
    const rows = [...(body.current?.rows ?? [])];
    const current = rows.findIndex((row) => row.contains(document.activeElement));
    const onRow = current >= 0 && rows[current] === document.activeElement;
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.key === "/") search.current?.focus();
    else if (event.key === "j" || event.key === "k" || (isArrow && current >= 0)) {
      const step = event.key === "j" || event.key === "ArrowDown" ? 1 : -1;
      rows[Math.min(rows.length - 1, Math.max(0, current + step))]?.focus();
    } else if (event.key === "Enter" && onRow) open(current);
    else if (event.key === "x" && onRow && toggle) toggle(current);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** Typing somewhere, or a dialog or menu is open. */
function isBusy(target: EventTarget | null): boolean {
  const isTyping =
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
  return (
    isTyping ||
    document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
  );
}
