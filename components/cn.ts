import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["xs", "s", "m", "l", "xl", "2xl"],
      radius: ["1", "2", "3"],
      shadow: ["pop"],
      "font-weight": ["semi"],
    },
  },
});

/** Joins class names; of two that set the same thing the later wins. */
export const cn = (...classes: ClassValue[]) => merge(clsx(classes));
