"use client";

import { TextareaField, TextField } from "@/components/form-fields";

/** The fields of a resource; its name is for life. */
export function ResourceFields({ isNew }: { isNew?: boolean }) {
  return (
    <>
      {isNew && (
        <TextField
          name="name"
          label="Name"
          required
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
          placeholder="orders"
          hint="Lower-case letters, digits and hyphens. Roles name it so, and it cannot be renamed."
        />
      )}
      <TextareaField name="description" label="Description" optional rows={2} />
      <TextareaField
        name="endpoints"
        label="Endpoints"
        optional
        rows={8}
        spellCheck={false}
        className="font-mono text-xs"
        placeholder={"GET /orders/{id} read\nPOST /orders create\nDELETE /orders/{id} delete"}
        hint="One per line, in this order: method, path, and one of create, read, update, delete or publish. GET /orders/{id} read"
      />
    </>
  );
}
