import { Banner } from "@/components/ui/banner";
import { ApiError } from "@/lib/http/client";

/** What went wrong, what is missing and the id that finds it in the log. */
export function Failure({ error }: { error: Error }) {
  const known = error instanceof ApiError ? error : undefined;
  return (
    <Banner tone="bad">
      <p>{known ? error.message : "Something went wrong in this page. Try again."}</p>
      {known?.errors
        .filter(({ detail }) => !error.message.includes(detail))
        .map(({ pointer, detail }) => (
          <p key={pointer}>
            <code className="font-mono text-xs">{pointer}</code> {detail}
          </p>
        ))}
      {known && known.missingPermissions.length > 0 && <p>Missing: {known.missingPermissions.join(", ")}</p>}
      {known?.retryAfterSeconds && <p>Try again in {known.retryAfterSeconds} s.</p>}
      {known?.requestId && <p className="mt-1 font-mono text-xs">{known.requestId}</p>}
    </Banner>
  );
}
