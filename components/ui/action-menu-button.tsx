import { Ellipsis } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";

export interface ActionMenuProps {
  label: string;
  actions: readonly { label: string; danger?: boolean; act: () => void }[];
}

export const ActionMenuButton = ({ label, actions: _, ...rest }: ActionMenuProps & ComponentProps<"button">) => (
  <Button {...rest} size="icon" aria-label={label}>
    <Ellipsis aria-hidden />
  </Button>
);
