"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";

/**
 * While active, leaving the page asks first: the browser's own question on reload and close, `onTry` on Back and on
 * links; calling what it is given goes on. Where the Navigation API is missing, Back is not held.
 */
export function useLeaveGuard(onTry: (leave: () => void) => void, isActive = true): void {
  const router = useRouter();
  const tell = useEffectEvent(onTry);
  const go = useEffectEvent((href: string) => router.push(href));
  useEffect(() => {
    if (!isActive) return;
    let isLeaving = false;
    const hold = (event: Event, leave: () => void) => {
      event.preventDefault();
      tell(() => {
        isLeaving = true;
        leave();
      });
    };
    const onUnload = (event: BeforeUnloadEvent) => !isLeaving && event.preventDefault();
    // Only Back and Forward: when a push is announced, Next shows the other page already.
    const onNavigate = (event: NavigateEvent) => {
      const { destination, cancelable, navigationType } = event;
      const isHere = new URL(destination.url).pathname === location.pathname;
      if (isLeaving || isHere || !cancelable || navigationType !== "traverse" || !destination.sameDocument) return;
      hold(event, () => void window.navigation.traverseTo(destination.key));
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (!link || isLeaving || isElsewhere(event, link) || link.pathname === location.pathname) return;
      hold(event, () => go(link.pathname + link.search + link.hash));
    };
    const navigation: Navigation | undefined = window.navigation;
    window.addEventListener("beforeunload", onUnload);
    window.addEventListener("click", onClick, true);
    navigation?.addEventListener("navigate", onNavigate);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener("click", onClick, true);
      navigation?.removeEventListener("navigate", onNavigate);
    };
  }, [isActive]);
}

/** A link that opens another tab or site leaves this page, or the browser asks by itself. */
const isElsewhere = (event: MouseEvent, link: HTMLAnchorElement) =>
  event.button !== 0 ||
  event.metaKey ||
  event.ctrlKey ||
  event.shiftKey ||
  link.target === "_blank" ||
  link.origin !== location.origin;
