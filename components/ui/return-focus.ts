"use client";

const LAYERS = "[role=dialog], [role=alertdialog]";
const PASSING = `${LAYERS}, [role=menu], [role=listbox], [data-radix-focus-guard]`;
let opener: HTMLElement | undefined;

// Asked at opening it would be too late: a field with `autoFocus` has the focus by then.
if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && !target.closest(PASSING)) opener = target;
  });
}

/**
 * `onCloseAutoFocus` of a dialog. Radix gives the focus back to a dialog's own trigger only; this gives it back to what
 * had it before, through dialogs that follow each other, and to the page when that is gone.
 */
export function returnFocus(event: Event): void {
  event.preventDefault();
  if (document.querySelector(LAYERS)) return;
  (opener?.isConnected ? opener : document.getElementById("main"))?.focus({ preventScroll: true });
}
