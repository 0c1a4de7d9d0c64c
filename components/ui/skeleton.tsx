import { cn } from "@/components/cn";

/** Give it the size of what it stands for, so that nothing moves when that arrives. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className={cn("h-3 animate-pulse rounded-1 bg-hover motion-reduce:animate-none", className)} />
  );
}
