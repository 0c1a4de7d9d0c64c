"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import type { Edits } from "@/app/(console)/instances/[instanceId]/roles/matrix";
import { draft } from "@/components/form-draft";
import { SESSION_ENDED } from "@/lib/http/client";

const NONE: Edits = {};

/** The unsaved changes of a role. They outlast a session that ends meanwhile, until they are saved or discarded. */
export function useKeptEdits(
  roleId: string,
): readonly [edits: Edits, setEdits: (edits: Edits) => void, drop: () => void] {
  const key = `rules:${roleId}`;
  const kept = useSyncExternalStore(
    () => () => {},
    () => draft.read(key),
    () => null,
  );
  const [made, setMade] = useState<Edits>();
  const edits = made ?? (kept === null ? NONE : ((JSON.parse(kept) as { edits?: Edits }).edits ?? NONE));
  const keep = useEffectEvent(() => {
    if (Object.keys(edits).length > 0) draft.save(key, { edits }, []);
  });
  useEffect(() => {
    const onEnd = () => keep();
    window.addEventListener(SESSION_ENDED, onEnd);
    return () => window.removeEventListener(SESSION_ENDED, onEnd);
  }, []);

  function drop() {
    draft.drop(key);
    setMade(NONE);
  }
  return [edits, setMade, drop];
}
