"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "@/components/clipboard";
import { cn } from "@/components/cn";
import { toast } from "@/components/toast";

interface CopyButtonProps {
  text: string;
  /** What is copied, for the button's name: "id", "curl line". */
  what: string;
  className?: string;
  tabIndex?: number;
}

/** For ids and examples; a secret is copied by `RevealOnce` only. */
export function CopyButton({ text, what, className, tabIndex }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy() {
    if (await copyText(text)) setCopied(true);
    else toast("The browser does not let this page use the clipboard. Select the text and copy it.");
  }

  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={`Copy ${what}`}
      onClick={copy}
      className={cn(
        "inline-grid size-6 shrink-0 place-items-center rounded-1 align-middle text-ink-3 hover:bg-hover hover:text-ink",
        isCopied && "text-ok",
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      <span role="status" className="sr-only">
        {isCopied && "Copied"}
      </span>
    </button>
  );
}
