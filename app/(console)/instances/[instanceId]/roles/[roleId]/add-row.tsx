"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** What looks like one; whether a rule may name it is the server's to say. */
const OBJECT_ID = /^\d{1,3}-[0-9a-f]{6,12}-[0-9a-z]{1,20}$/;

interface AddRowProps {
  instance: { ZUID: string; name: string };
  taken: readonly string[];
  onAdd: (resource: string) => void;
}

/** A rule for one object by its id, or for all that is on the instance. */
export function AddRow({ instance, taken, onAdd }: AddRowProps) {
  const [id, setId] = useState("");
  const [error, setError] = useState<string>();

  function add(event: React.SyntheticEvent) {
    event.preventDefault();
    const resource = id.trim();
    if (!OBJECT_ID.test(resource)) return setError("must be the id of an object, such as 7-19d41b7f2a0-abcdwxyz");
    if (taken.includes(resource)) return setError("has a row already");
    onAdd(resource);
    setId("");
    setError(undefined);
  }

  return (
    <form onSubmit={add} className="flex flex-wrap items-end gap-2 border-t px-4 py-3 max-sm:px-3">
      <Field label="A rule for one object" hideLabel error={error} className="min-w-0 flex-1 basis-48">
        <Input
          value={id}
          placeholder="Id of one object"
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-xs"
          onChange={(event) => setId(event.target.value)}
        />
      </Field>
      <Button type="submit" className="self-start">
        Add row
      </Button>
      {!taken.includes(instance.ZUID) && (
        <Button variant="ghost" className="self-start" onClick={() => onAdd(instance.ZUID)}>
          Add the whole instance
        </Button>
      )}
    </form>
  );
}
