"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface ErrorStateProps {
  title: string;
  children?: ReactNode;
  requestId?: string;
  onRetry?: () => void;
}

export function ErrorState({ title, children, requestId, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <p className="font-semi">{title}</p>
      {children && <div className="max-w-[52ch] text-ink-2">{children}</div>}
      {requestId && <p className="font-mono text-xs text-ink-3">{requestId}</p>}
      {onRetry && (
        <Button className="mt-3" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
