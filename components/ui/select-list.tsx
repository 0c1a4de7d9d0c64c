"use client";

import { Check } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { Opening } from "@/components/late-menu";
import { SelectButton, type SelectProps } from "@/components/ui/select-button";

export function SelectList({ triggerRef, defaultOpen, ...select }: SelectProps & Opening) {
  const { options, value, onValueChange, placeholder, disabled } = select;
  return (
    <Radix.Root value={value} onValueChange={onValueChange} disabled={disabled} defaultOpen={defaultOpen}>
      <Radix.Trigger asChild ref={triggerRef}>
        <SelectButton {...select}>
          <Radix.Value placeholder={placeholder} />
        </SelectButton>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-appear overflow-hidden rounded-2 bg-surface p-1 shadow-pop"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="relative flex min-h-7 cursor-default items-center gap-2 rounded-1 py-1 pr-2 pl-7 text-s outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-hover"
              >
                <Radix.ItemIndicator className="absolute left-2">
                  <Check aria-hidden className="size-3.5" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint && <span className="ml-auto pl-3 text-xs text-ink-3">{option.hint}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
