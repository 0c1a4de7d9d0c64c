import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/components/cn";
import { Spinner } from "@/components/ui/spinner";

const button = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-1 border font-medium whitespace-nowrap transition-colors duration-100 select-none disabled:opacity-45 aria-disabled:cursor-default [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-ink bg-ink text-on-ink hover:enabled:opacity-88 [a&]:hover:opacity-88",
        secondary: "border-line-strong bg-surface text-ink hover:enabled:bg-hover [a&]:hover:bg-hover",
        ghost: "border-transparent text-ink-2 hover:enabled:bg-hover hover:enabled:text-ink [a&]:hover:bg-hover",
        danger:
          "border-[color-mix(in_oklch,var(--bad)_45%,var(--line))] bg-surface text-bad hover:enabled:bg-bad-soft [a&]:hover:bg-bad-soft",
      },
      size: {
        m: "h-8 px-3 text-s",
        s: "h-6.5 px-2 text-xs",
        icon: "size-8",
        "icon-s": "size-6.5 [&_svg]:size-3.5",
      },
    },
    defaultVariants: { variant: "secondary", size: "m" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof button> {
  /** Shows that the press is being worked on; keeps width and focus, and ignores further presses. */
  pending?: boolean;
  /** Renders the one child (a link) with the looks of a button. */
  asChild?: boolean;
}

/** A page has one primary action; everything else is secondary, ghost, or danger. */
export function Button({
  variant,
  size,
  pending = false,
  asChild,
  className,
  children,
  onClick,
  type,
  ...rest
}: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type ?? "button"}
      className={classes}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {pending ? <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span> : children}
      {pending && <Spinner className="absolute" />}
    </button>
  );
}
