"use client";

import { useState } from "react";
import type { TableQuery } from "@/components/data-table/query";
import { Button } from "@/components/ui/button";

interface PagerProps {
  query: TableQuery;
  nextCursor?: string;
  previousCursor?: string;
}

/** Without a cursor of the page before, where one came from is remembered while the table is on screen. */
export function Pager({ query, nextCursor, previousCursor }: PagerProps) {
  const [cameFrom, setCameFrom] = useState<Record<string, string | null>>({});
  const { cursor, goTo } = query;
  if (!cursor && !nextCursor) return null;
  const before = cursor ? (previousCursor ?? cameFrom[cursor]) : undefined;

  function goNext(next: string) {
    // Until the asked page is here, `nextCursor` is still the one that led to it.
    if (query.isPending) return;
    setCameFrom({ ...cameFrom, [next]: cursor });
    goTo(next);
  }

  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-2 pt-3">
      {cursor && before !== null && before !== undefined && (
        <Button size="s" variant="ghost" onClick={() => goTo(null)}>
          First page
        </Button>
      )}
      <Button size="s" disabled={!cursor} onClick={() => goTo(before ?? null)}>
        {cursor && before === undefined ? "First page" : "Previous"}
      </Button>
      <Button size="s" disabled={!nextCursor} onClick={() => nextCursor && goNext(nextCursor)}>
        Next
      </Button>
    </nav>
  );
}
