import { z } from "zod";
import { toLines } from "@/components/form-values";
import { Endpoint, type ResourceRecord } from "@/lib/resources/schema";

/** A resource as its forms hold it: an endpoint is a line. */
type ResourceForm = { name: string; description: string; endpoints: string };

export const NEW_RESOURCE: ResourceForm = { name: "", description: "", endpoints: "" };

export const toResourceForm = ({ name, description, endpoints }: ResourceRecord): ResourceForm => ({
  name,
  description,
  endpoints: endpoints.map(({ method, path, verb }) => `${method} ${path} ${verb}`).join("\n"),
});

const ORDER = "each line is a method, a path and a verb, such as GET /orders/{id} read; this one is not";

/** The request that the form's values make; each line that is no endpoint is named. */
export const resourceForm = <Request>(request: z.ZodType<Request>): z.ZodType<Request, ResourceForm> =>
  z.custom<ResourceForm>().transform(({ name, description, endpoints }, ctx) => {
    const lines = toLines(endpoints).map((line) => {
      const [method = "", path = "", verb = "", ...rest] = line.split(/\s+/);
      const given = { method: method.toUpperCase(), path, verb: verb.toLowerCase() };
      return { line, given, isEndpoint: rest.length === 0 && Endpoint.safeParse(given).success };
    });
    const wrong = lines.find(({ isEndpoint }) => !isEndpoint);
    if (wrong) ctx.addIssue({ code: "custom", path: ["endpoints"], message: `${ORDER}: “${wrong.line}”` });
    // The other fields are judged in the same round.
    const parsed = request.safeParse({
      ...(isNamed(request) && { name: name.trim() }),
      description,
      endpoints: wrong ? [] : lines.map(({ given }) => given),
    });
    if (parsed.success) return wrong ? z.NEVER : parsed.data;
    for (const { path, message } of parsed.error.issues)
      ctx.addIssue({ code: "custom", path: path.slice(0, 1), message });
    return z.NEVER;
  });

const isNamed = (request: z.ZodType) => request instanceof z.ZodObject && "name" in request.shape;
