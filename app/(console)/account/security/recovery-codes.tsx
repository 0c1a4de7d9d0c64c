"use client";

import { RevealOnce } from "@/components/reveal-once";

interface RecoveryCodesProps {
  title: string;
  codes: string[] | undefined;
  onClose: () => void;
}

/** Ten codes, the one time they are shown. */
export function RecoveryCodes({ title, codes, onClose }: RecoveryCodesProps) {
  return (
    <RevealOnce
      value={codes?.join("\n")}
      onClose={onClose}
      title={title}
      about="These recovery codes sign you in when you do not have your authenticator. This is the only time they are shown."
      noun="set of codes"
      note="each works once"
      loss="Without them and without your authenticator, an admin has to reset your second factor."
      fileName="latchkey-recovery-codes.txt"
    />
  );
}
