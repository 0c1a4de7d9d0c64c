import { randomText } from "@/lib/kernel/random";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const newRequestId = (): string => `req_${randomText(BASE62, 20)}`;
