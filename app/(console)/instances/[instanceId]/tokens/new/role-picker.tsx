"use client";

import { useState } from "react";
import { RadioField } from "@/components/form-fields";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { RoleChoice } from "@/lib/tokens/schema";

const SHOWN_MISSING = 3;

/** The roles of the instance, those beyond one's own out of reach and with what they lack. */
export function RolePicker({ roles }: { roles: readonly RoleChoice[] }) {
  const [search, setSearch] = useState("");
  const words = search.trim().toLowerCase();
  const found = roles.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(words));
  return (
    <div className="grid gap-3">
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
        required
        className="max-h-80 auto-rows-max overflow-y-auto rounded-2 border bg-sunken px-3.5 py-3"
        options={found.map((role) => ({
          value: role.ZUID,
          label: role.name,
          hint: hintOf(role),
          disabled: role.missingPermissions.length > 0,
        }))}
      />
      <p role="status" className="text-xs text-ink-3">
        {found.length === 0 ? "No role has these words." : formatCount(found.length, "role")}
      </p>
    </div>
  );
}

function hintOf({ missingPermissions, permissions, isEverywhere, description }: RoleChoice): string {
  if (missingPermissions.length > 0) {
    const more = missingPermissions.length - SHOWN_MISSING;
    return `Exceeds your role: ${missingPermissions.slice(0, SHOWN_MISSING).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  }
  const place = isEverywhere ? "A role of every instance; the token holds it here alone. " : "";
  return `${place}${description || `Lets a token use ${formatCount(permissions.length, "permission")}.`}`;
}
