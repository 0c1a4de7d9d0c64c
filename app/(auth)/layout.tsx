import type { ReactNode } from "react";

/** The pages before somebody is signed in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="grid min-h-dvh place-items-center px-4 py-10 outline-none">
      {children}
    </main>
  );
}
