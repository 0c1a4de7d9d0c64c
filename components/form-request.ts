import { z } from "zod";

/**
 * The schema of a form whose fields hold what people type (lines, local times, numbers as text): its values become the
 * request, and what the request's own schema refuses comes back at the field of the same name.
 */
export function formRequest<Values extends Record<string, unknown>, Request>(
  request: z.ZodType<Request>,
  toRequest: (values: Values) => Record<string, unknown>,
): z.ZodType<Request, Values> {
  return z.custom<Values>().transform((values, ctx) => {
    const body = toRequest(values);
    const parsed = request.safeParse(body);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      const [field = "", place] = path;
      const value: unknown = typeof place === "number" ? (body[String(field)] as unknown[])[place] : undefined;
      ctx.addIssue({
        code: "custom",
        path: [field],
        message: value === undefined ? message : `${message}: “${String(value)}”`,
      });
    }
    return z.NEVER;
  });
}
