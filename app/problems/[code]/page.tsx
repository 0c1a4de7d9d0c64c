import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Link } from "@/components/ui/link";
import { Status, type Tone } from "@/components/ui/status";
import { ERRORS, type ErrorCode } from "@/lib/kernel/errors";
import { PROBLEMS } from "@/app/problems/problems";

interface ProblemPageProps {
  params: Promise<{ code: string }>;
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

export async function generateMetadata({ params }: ProblemPageProps): Promise<Metadata> {
  const { code } = await params;
  return { title: isCode(code) ? ERRORS[code][1] : "Not found" };
}

/** Where the `type` of an error answer leads: for everybody, signed in or not. */
export default async function ProblemPage({ params }: ProblemPageProps) {
  const { code } = await params;
  if (!isCode(code)) notFound();
  const [status, title] = ERRORS[code];
  const { cause, cure } = PROBLEMS[code];
  const tone: Tone = status >= 500 ? "bad" : "warn";
  return (
    <main id="main" tabIndex={-1} className="mx-auto max-w-[640px] px-4 py-16 outline-none max-sm:py-10">
      <p className="font-mono text-xs text-ink-3">/problems/{code}</p>
      <h1 className="mt-1 text-xl leading-tight font-semibold tracking-[-0.015em]">{title}</h1>
      <p className="mt-2">
        <Status tone={tone}>HTTP {status}</Status>
      </p>
      <h2 className="mt-7 text-s font-semi text-ink-2">Cause</h2>
      <p className="mt-1">{cause}</p>
      <h2 className="mt-5 text-s font-semi text-ink-2">Cure</h2>
      <p className="mt-1">{cure}</p>
      <p className="mt-8 border-t pt-4 text-s text-ink-3">
        The answer’s <code className="font-mono text-xs">detail</code> says what it was in your case; its{" "}
        <code className="font-mono text-xs">requestId</code> finds the request in the server’s log and in the audit
        trail.
      </p>
      <p className="mt-4 text-s">
        <Link href="/">Latchkey</Link>
      </p>
    </main>
  );
}
