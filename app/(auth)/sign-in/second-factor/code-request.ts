import { z } from "zod";

export const Code = z.object({ code: z.string().trim().min(1, "Enter the code.") });
