import { fillDemo } from "@/lib/demo/fill";
import { env } from "@/lib/kernel/env";
import { openStore } from "@/lib/store/open";

// The store of the environment with the demo organization and so many events: what an install in use holds.
const store = await openStore(env(), (warning) => process.stderr.write(`${warning}\n`));
await fillDemo({ events: Number(process.argv[2]) });
await store.close();
process.exit();
