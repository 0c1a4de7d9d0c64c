"use client";

import { Card } from "@/components/ui/card";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { SecondFactorRecord } from "@/lib/second-factor/schema";
import { NewRecoveryCodes } from "./new-recovery-codes";
import { SetUpSecondFactor } from "./set-up-second-factor";
import { TurnOffSecondFactor } from "./turn-off-second-factor";

const FEW = 3;

/** Whether the person's sign-in asks for a code, and what they can do about it. */
export function SecondFactor({ userId, factor }: { userId: string; factor: SecondFactorRecord }) {
  const { isOn, since, recoveryCodesLeft: left, isRequired } = factor;
  return (
    <Card
      title="Second factor"
      footer={isOn && isRequired && "Your organization asks for it, so it cannot be turned off."}
    >
      {isOn ? (
        <>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Status tone="ok">On</Status>
            <span className="text-s text-ink-2">
              since <Time value={since} />
            </span>
          </p>
          <p className="mt-3 text-s text-ink-2">
            Signing in asks for a code of your authenticator after the password.{" "}
            <span className={left <= FEW ? "text-warn" : undefined}>
              {left === 0
                ? "No recovery code is"
                : `${formatCount(left, "recovery code")} of 10 ${left === 1 ? "is" : "are"}`}{" "}
              left
            </span>{" "}
            for when you do not have it.
          </p>
          <div className="mt-4 flex flex-wrap gap-2">
            <NewRecoveryCodes userId={userId} />
            {!isRequired && <TurnOffSecondFactor userId={userId} />}
          </div>
        </>
      ) : (
        <>
          <p className="mb-4 text-s text-ink-2">
            An authenticator app on your phone shows a new code every 30 seconds. With it on, a stolen password alone
            lets nobody in. Turning it on signs you out everywhere else, and apps that log in with your password get no
            more login tokens.
          </p>
          <SetUpSecondFactor userId={userId} isRequired={isRequired} />
        </>
      )}
    </Card>
  );
}
