"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ACTIONS } from "@/lib/kernel/actions";

const ALL = Object.keys(ACTIONS);
const groupOf = (action: string) => action.split(".")[0];
const GROUPS = [...new Set(ALL.map(groupOf))].map((group) => ({
  group,
  actions: ALL.filter((action) => groupOf(action) === group),
}));

interface ActionEditorProps {
  value: string | null;
  onApply: (value: string | null) => void;
}

/** Several actions at once, grouped by what they act on. */
export function ActionEditor({ value, onApply }: ActionEditorProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(value?.split(",")));
  const choose = (actions: readonly string[], isOn: boolean) =>
    setChosen(new Set([...chosen, ...actions].filter((action) => isOn || !actions.includes(action))));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onApply([...chosen].join(",") || null);
      }}
    >
      <div className="-mx-3 -mt-3 grid max-h-[min(380px,50dvh)] gap-3 overflow-y-auto px-3 pt-3 pb-2">
        {GROUPS.map(({ group, actions }) => {
          const on = actions.filter((action) => chosen.has(action)).length;
          return (
            <fieldset key={group}>
              <legend className="sr-only">{group}</legend>
              <Checkbox
                label={<b className="font-semi">{group}</b>}
                checked={on === actions.length || (on > 0 && "indeterminate")}
                onCheckedChange={(isOn) => choose(actions, isOn)}
              />
              <div className="pl-6.5">
                {actions.map((action) => (
                  <Checkbox
                    key={action}
                    label={<code className="font-mono text-xs text-ink-2">{action}</code>}
                    checked={chosen.has(action)}
                    onCheckedChange={(isOn) => choose([action], isOn)}
                  />
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
      <div className="-mx-3 -mb-3 flex justify-end gap-2 border-t px-3 py-2">
        <Button variant="ghost" onClick={() => onApply(null)}>
          Any
        </Button>
        <Button type="submit">Apply</Button>
      </div>
    </form>
  );
}
