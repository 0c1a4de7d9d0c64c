import { formRequest } from "@/components/form-request";
import { Policy } from "@/lib/policy/schema";
import { contradictionsIn } from "@/lib/policy/terms";
import { NUMBERS, type Values } from "./policy-values";

const Fitting = Policy.superRefine((policy, ctx) => {
  for (const { pointer, detail } of contradictionsIn(policy))
    ctx.addIssue({ code: "custom", path: [pointer.slice(1)], message: detail });
});
export const PolicyRequest = formRequest(Fitting, (values: Values) => ({
  ...values,
  ...Object.fromEntries(NUMBERS.map((field) => [field, values[field].trim() === "" ? NaN : Number(values[field])])),
}));
