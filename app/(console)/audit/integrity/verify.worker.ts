import { parseVkey } from "@/lib/audit/note";
import { verifyBundle } from "@/lib/audit/verify/bundle";
import { openBundle } from "@/lib/audit/verify/zip";
import type { Answer, Task } from "./verify-task";

const post = (answer: Answer) => self.postMessage(answer);

self.onmessage = async ({ data }: MessageEvent<Task>) => {
  const { bundle, pinned, outside, restored, isNewest } = data;
  try {
    const files = await openBundle(bundle);
    const report = await verifyBundle(files, {
      pinned: pinned.map(parseVkey),
      outside,
      restored,
      isNewest,
      onProgress: (events) => post({ events }),
    });
    post({ report });
  } catch (error) {
    post({ problem: error instanceof Error ? error.message : String(error) });
  }
};
