"use client";

import { createContext, useContext } from "react";

interface ShellControls {
  openNavigation: () => void;
  openPalette: () => void;
}

export const ShellControlsContext = createContext<ShellControls>({ openNavigation: () => {}, openPalette: () => {} });

export const useShell = () => useContext(ShellControlsContext);
