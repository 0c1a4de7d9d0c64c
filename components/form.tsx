"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore, type ComponentProps, type ReactNode } from "react";
import {
  FormProvider,
  type Resolver,
  useForm,
  useFormContext,
  useFormState,
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
} from "react-hook-form";
import type { z } from "zod";
import { useIsHydrated } from "@/components/clock";
import { cn } from "@/components/cn";
import { Failure } from "@/components/failure";
import { atFirstAct } from "@/components/first-act";
import { draft } from "@/components/form-draft";
import { Banner } from "@/components/ui/banner";
import { Button, type ButtonProps } from "@/components/ui/button";
import { ApiError, SESSION_ENDED } from "@/lib/http/client";

type Schema<Input extends FieldValues, Output> = z.ZodType<Output, Input>;

interface ApiFormOptions<Input extends FieldValues, Output> {
  /** What loads the schema, where the form is the page: it is shown without. A form in a dialog comes late as a whole. */
  schema: Schema<Input, Output> | (() => Promise<Schema<Input, Output>>);
  defaultValues: DefaultValues<Input>;
  /** Sends the parsed values; what it throws is shown at the fields it points to, else above the form. */
  submit: (values: Output) => Promise<void>;
  /** Keeps what was typed when the session ends meanwhile. Fields that look secret are never kept. */
  draftKey?: string;
  secretFields?: readonly string[];
}

export interface ApiForm<Input extends FieldValues, Output> {
  fields: UseFormReturn<Input, unknown, Output>;
  send: (event?: React.BaseSyntheticEvent) => Promise<void>;
  failure?: Error;
  /** There when a draft was brought back; throws it away. */
  startOver?: () => void;
}

/** `const form = useApiForm({ schema, defaultValues, submit })`, then `<Form form={form}>` around the fields. */
export function useApiForm<Input extends FieldValues, Output>(
  options: ApiFormOptions<Input, Output>,
): ApiForm<Input, Output> {
  const { schema, defaultValues, submit, draftKey, secretFields = [] } = options;
  const [failure, setFailure] = useState<Error>();
  const fields = useForm<Input, unknown, Output>({
    resolver: resolverOf(schema),
    defaultValues,
    mode: "onTouched",
  });

  const { isDirty } = fields.formState;
  const kept = useSyncExternalStore(
    () => () => {},
    () => (draftKey ? draft.read(draftKey) : null),
    () => null,
  );
  const restore = useEffectEvent((text: string) =>
    fields.reset({ ...fields.getValues(), ...(JSON.parse(text) as Partial<Input>) }, { keepDefaultValues: true }),
  );
  const keep = useEffectEvent(() => {
    if (draftKey && isDirty) draft.save(draftKey, fields.getValues(), secretFields);
  });
  useEffect(() => {
    if (kept) restore(kept);
  }, [kept]);
  useEffect(() => {
    const onEnd = () => keep();
    window.addEventListener(SESSION_ENDED, onEnd);
    return () => window.removeEventListener(SESSION_ENDED, onEnd);
  }, []);

  function startOver() {
    if (draftKey) draft.drop(draftKey);
    fields.reset();
  }

  const preload = useEffectEvent(() => void load(schema).catch(() => undefined));
  useEffect(() => atFirstAct(() => preload()), []);

  const handle = fields.handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      await submit(values);
      if (draftKey) draft.drop(draftKey);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!placeErrors(fields, error)) setFailure(error);
    }
  });
  const send = async (event?: React.BaseSyntheticEvent) => {
    // A dialog's form sits in the tree of the form that opened it.
    event?.preventDefault();
    event?.stopPropagation();
    if (fields.formState.isSubmitting) return;
    await handle(event).catch(() => setFailure(new Error("A part of this page did not load. Try again.")));
  };
  return { fields, send, failure, startOver: kept ? startOver : undefined };
}

const load = <Input extends FieldValues, Output>(schema: ApiFormOptions<Input, Output>["schema"]) =>
  Promise.all([import("@hookform/resolvers/zod"), typeof schema === "function" ? schema() : schema]);

const resolverOf =
  <Input extends FieldValues, Output>(
    schema: ApiFormOptions<Input, Output>["schema"],
  ): Resolver<Input, unknown, Output> =>
  async (...given) => {
    const [{ zodResolver }, loaded] = await load(schema);
    return zodResolver(loaded)(...given);
  };

/** Puts each error at the field its JSON pointer names; false when one of them has no field to go to. */
function placeErrors<Input extends FieldValues, Output>(
  fields: UseFormReturn<Input, unknown, Output>,
  error: Error,
): boolean {
  if (!(error instanceof ApiError) || error.errors.length === 0) return false;
  const known = Object.keys(fields.getValues());
  let isPlaced = true;
  for (const { pointer, detail } of error.errors) {
    const name = pointer.replace(/^\//, "").replaceAll("/", ".");
    if (known.includes(name.split(".")[0] ?? ""))
      fields.setError(name as FieldPath<Input>, { type: "server", message: detail }, { shouldFocus: true });
    else isPlaced = false;
  }
  return isPlaced;
}

/** The button pressed may be far below the message. */
const bringIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });

interface FormProps<Input extends FieldValues, Output> extends Omit<ComponentProps<"form">, "onSubmit"> {
  form: ApiForm<Input, Output>;
  children: ReactNode;
}

export function Form<Input extends FieldValues, Output>({
  form,
  className,
  children,
  ...rest
}: FormProps<Input, Output>) {
  return (
    <FormProvider {...form.fields}>
      {/* A press before the page has taken over must not put what was typed into the address. */}
      <form noValidate method="post" onSubmit={form.send} className={cn("grid gap-4", className)} {...rest}>
        {form.startOver && (
          <Banner
            action={
              <Button size="s" onClick={form.startOver}>
                Start over
              </Button>
            }
          >
            What you had typed before the session ended is back. Nothing was sent.
          </Banner>
        )}
        {form.failure && (
          <div ref={bringIntoView} className="scroll-mt-20">
            <Failure error={form.failure} />
          </div>
        )}
        {children}
      </form>
    </FormProvider>
  );
}

/** The submit button of the form around it, or of the one whose id is given as `form`. */
export function SubmitButton({ children, ...rest }: ButtonProps) {
  const { control } = useFormContext();
  const { isSubmitting } = useFormState({ control });
  // Until then a press would leave the page with an empty form.
  const type = useIsHydrated() ? "submit" : "button";
  return (
    <Button type={type} variant="primary" pending={isSubmitting} {...rest}>
      {children}
    </Button>
  );
}
