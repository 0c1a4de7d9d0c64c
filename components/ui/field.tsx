"use client";

import { createContext, useContext, useId, type ReactNode } from "react";
import { cn } from "@/components/cn";

interface FieldIds {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
}

const FieldContext = createContext<FieldIds | undefined>(undefined);

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  optional?: boolean;
  required?: boolean;
  /** The label is spoken but not drawn. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, hint and error around one control; the control inside finds its ids by itself. */
export function Field({ label, hint, error, optional, required, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <FieldContext
      value={{
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      }}
    >
      <div className={cn("grid gap-1.5", className)}>
        <Label htmlFor={id} className={cn(hideLabel && "sr-only")}>
          {label}
          {optional && <span className="font-normal text-ink-3"> optional</span>}
        </Label>
        {children}
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-ink-3">
            {hint}
          </p>
        )}
        <p id={`${id}-error`} role="alert" className="text-xs text-bad first-letter:uppercase empty:hidden">
          {error}
        </p>
      </div>
    </FieldContext>
  );
}

function Label({ className, ...rest }: React.ComponentProps<"label">) {
  return <label className={cn("text-s font-medium text-ink", className)} {...rest} />;
}

/** The ids of the field around a control, or nothing when it stands alone. */
export const useField = () => useContext(FieldContext);
