import { useEffect } from "react";

/** Takes the code out of the address and the history once the page has it. The mail still leads here. */
export function useForgetCode(path: string): void {
  useEffect(() => history.replaceState(history.state, "", path), [path]);
}
