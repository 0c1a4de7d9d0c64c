"use client";

import { useState } from "react";
import { RadioField } from "@/components/radio-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/format";

interface RolePickerProps {
  roles: readonly { ZUID: string; name: string; hint?: string; isOutOfReach: boolean }[];
}

/** Roles to choose from by a few letters, those beyond one's own out of reach; the field is `roleZUID`. */
export function RolePicker({ roles }: RolePickerProps) {
  const [search, setSearch] = useState("");
  const words = search.trim().toLowerCase();
  const found = roles.filter(({ name, hint }) => `${name} ${hint ?? ""}`.toLowerCase().includes(words));
  return (
    <div className="grid gap-1.5">
      <p aria-hidden className="text-s font-medium">
        Role
      </p>
      <Field label="Search roles" hideLabel>
        <Input
          type="search"
          value={search}
          placeholder="Search roles"
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
        />
      </Field>
      <RadioField
        name="roleZUID"
        label="Role"
        hideLabel
        required
        className="max-h-80 auto-rows-max overflow-y-auto rounded-2 border bg-sunken px-3.5 py-3"
        options={found.map(({ ZUID, name, hint, isOutOfReach }) => ({
          value: ZUID,
          label: name,
          hint,
          disabled: isOutOfReach,
        }))}
      />
      <p role="status" className="text-xs text-ink-3">
        {found.length === 0 ? "No role has these words." : formatCount(found.length, "role")}
      </p>
    </div>
  );
}
