"use client";

import { createContext, useContext, type ReactNode } from "react";

const Registered = createContext<readonly string[]>([]);

/** The names of the resources that the organization has registered, for the pickers of the pages inside. */
export function RegisteredResources({ names, children }: { names: readonly string[]; children: ReactNode }) {
  return <Registered value={names}>{children}</Registered>;
}

export const useRegistered = () => useContext(Registered);
