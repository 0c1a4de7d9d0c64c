import "server-only";
import { secretKey } from "@/lib/kernel/secret-key";

process.stdout.write(`${secretKey({ dataDir: process.argv[2] as string, secretKey: undefined })}\n`);
