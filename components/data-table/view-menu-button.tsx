import { SlidersHorizontal } from "lucide-react";
import type { ComponentProps } from "react";
import type { TableQuery } from "@/components/data-table/query";
import { Button } from "@/components/ui/button";

export interface ViewMenuProps {
  query: TableQuery;
  hideable: readonly { id: string; label: string }[];
  sorts: readonly { key: string; label: string }[];
}

export const ViewMenuButton = ({
  query: _,
  hideable: __,
  sorts: ___,
  ...rest
}: ViewMenuProps & ComponentProps<"button">) => (
  <Button {...rest} variant="ghost" size="icon" aria-label="View">
    <SlidersHorizontal aria-hidden />
  </Button>
);
