"use client";

import { lateMenu } from "@/components/late-menu";
import { SelectButton, type SelectProps } from "@/components/ui/select-button";

const LateSelect = lateMenu<SelectProps>(
  () => import("./select-list").then((loaded) => loaded.SelectList),
  SelectButton,
);

export function Select<T extends string>({ onValueChange, ...rest }: SelectProps<T>) {
  return <LateSelect {...rest} onValueChange={onValueChange && ((next) => onValueChange(next as T))} />;
}
