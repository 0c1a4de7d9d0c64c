import { useEffect, useEffectEvent } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";

/** What is refused on the last step may stand at a field of an earlier one: shown again, that step begins there. */
export function useFocusOnFaulty<Input extends FieldValues, Output>(
  fields: UseFormReturn<Input, unknown, Output>,
  step: string,
): void {
  const focus = useEffectEvent(() => {
    const names = Object.keys(fields.getValues()) as FieldPath<Input>[];
    const faulty = names.find((name) => fields.getFieldState(name).invalid);
    if (faulty) fields.setFocus(faulty);
  });
  useEffect(() => focus(), [step]);
}
