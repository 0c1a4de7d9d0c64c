"use client";

import type { ComponentProps } from "react";
import { type Around, around, FormField } from "@/components/form-fields";
import { Select } from "@/components/ui/select";

export function SelectField(
  props: Around & Pick<ComponentProps<typeof Select>, "options" | "placeholder" | "disabled" | "className">,
) {
  const [field, control] = around(props);
  return (
    <FormField {...field}>
      {({ value, onChange }) => <Select {...control} value={value} onValueChange={onChange} />}
    </FormField>
  );
}
