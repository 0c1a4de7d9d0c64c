"use client";

import type { ComponentProps } from "react";
import { type Around, around, FormField } from "@/components/form-fields";
import { RadioGroup } from "@/components/ui/radio-group";

export function RadioField(
  props: Around & Pick<ComponentProps<typeof RadioGroup>, "options" | "disabled" | "className">,
) {
  const [field, control] = around(props);
  return (
    <FormField {...field}>
      {({ value, onChange }) => <RadioGroup {...control} value={value} onValueChange={onChange} />}
    </FormField>
  );
}
