import { RevealOnce } from "@/components/reveal-once";

interface StreamSecretProps {
  title: string;
  value: string | undefined;
  onClose: () => void;
}

export const StreamSecret = ({ title, value, onClose }: StreamSecretProps) => (
  <RevealOnce
    value={value}
    onClose={onClose}
    title={title}
    noun="secret"
    about="With this secret your receiver checks that a delivery came from here. It is shown this one time."
    note="checks the header Latchkey-Signature"
  />
);
