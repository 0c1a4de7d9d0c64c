"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { ExportDialog, useExport } from "./export-dialog";

/** Everything that fits the filter as a file. */
export function ExportMenu({ filters }: { filters: string }) {
  const exporting = useExport();
  const item = (words: string, path: string, format?: string) => {
    const query = new URLSearchParams(filters);
    if (format) query.set("format", format);
    return <DropdownMenuItem onSelect={() => void exporting.start(`${path}?${query}`)}>{words}</DropdownMenuItem>;
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="s">
            <Download aria-hidden /> Export
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {item("As CSV, for a spreadsheet", "/v1/audit-events/export", "csv")}
          {item("As JSON lines, for programs", "/v1/audit-events/export", "jsonl")}
          {item("As a bundle, with what proves it", "/v1/audit/bundle")}
        </DropdownMenuContent>
      </DropdownMenu>
      <ExportDialog about="Everything that fits the filters, oldest first." exporting={exporting} />
    </>
  );
}
