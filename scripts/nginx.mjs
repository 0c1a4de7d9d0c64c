import { pathToFileURL } from "node:url";
import { findProgram, installPackage } from "./programs.mjs";

/** Path of the nginx on this machine, if there is one; not everybody has its folder on PATH. */
export const findNginx = () => findProgram(["nginx"], ["/usr/sbin", "/usr/local/sbin"]);

// Run as a program, it installs what it does not find, and fails when it cannot.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (!findNginx()) installPackage("nginx");
  const path = findNginx();
  if (!path) throw new Error("No nginx found. Install nginx so that the configurations in examples/ can be tested.");
  console.log(path);
}
