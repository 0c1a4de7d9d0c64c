import { Skeleton } from "@/components/ui/skeleton";

/** Stands in for a table in `loading.tsx`, with the measures of the real one. */
export function TableSkeleton({
  rows = 8,
  columns = 5,
  hasToolbar = true,
}: {
  rows?: number;
  columns?: number;
  hasToolbar?: boolean;
}) {
  return (
    <div role="status" aria-label="Loading">
      {hasToolbar && <Skeleton className="mb-3 h-8 w-[250px] max-sm:w-full" />}
      <div className="overflow-hidden rounded-2 border bg-surface">
        <div className="h-8 border-b max-sm:hidden" />
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-(--row) items-center gap-6 border-b px-4 last:border-b-0 max-sm:h-24">
            {Array.from({ length: columns }, (_, column) => (
              <div key={column} className={column === 0 ? "flex-2" : "flex-1 max-sm:hidden"}>
                <Skeleton className={column === 0 ? "w-3/5" : "w-2/5"} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
