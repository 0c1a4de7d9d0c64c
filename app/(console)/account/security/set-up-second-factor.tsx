"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Failure } from "@/components/failure";
import { late } from "@/components/late";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { api } from "@/lib/http/client";
import type { Enrollment } from "@/lib/second-factor/schema";
import { RecoveryCodes } from "./recovery-codes";

const FirstCode = late(() => import("./first-code").then((loaded) => loaded.FirstCode));

/** Shows a new secret, takes its first code, and then shows the recovery codes. */
export function SetUpSecondFactor({ userId, isRequired }: { userId: string; isRequired: boolean }) {
  const router = useRouter();
  const [enrollment, setEnrollment] = useState<Enrollment>();
  const [codes, setCodes] = useState<string[]>();
  const [failure, setFailure] = useState<Error>();
  const [isPending, setPending] = useState(false);

  async function start() {
    setPending(true);
    setFailure(undefined);
    try {
      setEnrollment((await api<Enrollment>("POST", `/v1/users/${userId}/second-factor`, {})).data);
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error("It did not start."));
    }
    setPending(false);
  }

  return (
    <>
      {failure && (
        <div className="mb-4">
          <Failure error={failure} />
        </div>
      )}
      <Button variant={isRequired ? "primary" : "secondary"} pending={isPending} onClick={start}>
        Set up
      </Button>
      <Dialog
        open={enrollment !== undefined}
        onOpenChange={(open) => !open && setEnrollment(undefined)}
        title="Set up a second factor"
        description="Scan this with your authenticator app, or type the key into it. Then enter the code it shows."
      >
        {enrollment && (
          <FirstCode
            userId={userId}
            enrollment={enrollment}
            onDone={(recoveryCodes) => {
              setEnrollment(undefined);
              setCodes(recoveryCodes);
            }}
          />
        )}
      </Dialog>
      <RecoveryCodes
        title="The second factor is on"
        codes={codes}
        onClose={() => {
          setCodes(undefined);
          router.refresh();
        }}
      />
    </>
  );
}
