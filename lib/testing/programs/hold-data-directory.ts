import "server-only";
import { once } from "node:events";
import { lockDataDirectory } from "@/lib/store/data-directory-lock";

/** Waits for a line, so that many processes can be let loose at the same moment. */
const [dataDir] = process.argv.slice(2);
process.stdout.write("ready\n");
await once(process.stdin, "data");
const lock = await lockDataDirectory(dataDir as string).catch((error: Error) => error);
process.stdout.write(lock instanceof Error ? `refused: ${lock.message}\n` : "held\n");
