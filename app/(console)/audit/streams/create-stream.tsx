"use client";

import { useState } from "react";
import { late } from "@/components/late";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { StreamSecret } from "./stream-secret";

const CreateForm = late(() => import("./stream-form").then((loaded) => loaded.CreateForm));

export function CreateStream() {
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  return (
    <>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        trigger={<Button variant="primary">Create stream</Button>}
        title="Create a stream"
        description="Every event of this organization is sent there, with the names in it. Secrets are in no event."
      >
        <CreateForm
          onDone={(shown) => {
            setOpen(false);
            setSecret(shown);
          }}
        />
      </Dialog>
      <StreamSecret title="Stream created" value={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}
