import { z } from "zod";

export const Address = z.object({ address: z.string().trim().min(1, "Enter your e-mail address.") });
