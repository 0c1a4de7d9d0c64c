import { Plus } from "lucide-react";
import type { ComponentProps } from "react";
import type { FilterSpec } from "@/components/data-table/filter-button";
import { Button } from "@/components/ui/button";

export interface AddFilterProps {
  filters: readonly FilterSpec[];
  onAdd: (key: string) => void;
}

export const AddFilterButton = ({ filters: _, onAdd: __, ...rest }: AddFilterProps & ComponentProps<"button">) => (
  <Button {...rest} variant="ghost" size="s">
    <Plus aria-hidden /> Filter
  </Button>
);
