"use client";

import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { changedFields } from "@/components/form-values";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { type ResourceRecord, UpdateResource } from "@/lib/resources/schema";
import { EndpointList } from "./endpoint-list";
import { ResourceFields } from "./resource-fields";
import { resourceForm, toResourceForm } from "./resource-form";

export type ResourceDialog = "view" | "edit" | "delete";

interface ResourceDialogsProps {
  dialog?: { name: ResourceDialog; resource: ResourceRecord };
  close: () => void;
  /** Absent for who may not. */
  edit?: (resource: ResourceRecord) => void;
  remove?: (resource: ResourceRecord) => void;
}

export function ResourceDialogs({ dialog, close, edit, remove }: ResourceDialogsProps) {
  const change = useChange();
  const onOpenChange = (isOpen: boolean) => !isOpen && close();
  if (!dialog) return null;
  const { name, resource } = dialog;
  switch (name) {
    case "view":
      return (
        <Dialog
          open
          onOpenChange={onOpenChange}
          width="l"
          title={<code className="font-mono">{resource.name}</code>}
          description={resource.description || undefined}
          footer={
            <>
              {remove && resource.kind === "registered" && (
                <Button variant="danger" onClick={() => remove(resource)}>
                  Delete…
                </Button>
              )}
              {edit && <Button onClick={() => edit(resource)}>Edit…</Button>}
            </>
          }
        >
          <EndpointList endpoints={resource.endpoints} none="No endpoint is listed for it yet." />
        </Dialog>
      );
    case "edit":
      return (
        <Dialog open onOpenChange={onOpenChange} width="l" title={`Edit ${resource.name}`}>
          <EditForm resource={resource} onDone={close} />
        </Dialog>
      );
    case "delete":
      return (
        <ConfirmDialog
          open
          onOpenChange={onOpenChange}
          danger
          title={`Delete ${resource.name}?`}
          description="Nothing is allowed on it any more, from the next call on. It is refused while a role or app names it."
          confirmLabel="Delete resource"
          onConfirm={() => change<void>("DELETE", `/v1/resources/${resource.name}`)}
        />
      );
  }
}

const Request = resourceForm(UpdateResource);

function EditForm({ resource, onDone }: { resource: ResourceRecord; onDone: () => void }) {
  const change = useChange();
  const { description, endpoints } = resource;
  const form = useApiForm({
    schema: Request,
    defaultValues: toResourceForm(resource),
    draftKey: `edit-resource:${resource.name}`,
    submit: async (values) => {
      const changed = changedFields<UpdateResource>(values, { description, endpoints });
      if (changed) await change("PATCH", `/v1/resources/${resource.name}`, changed);
      onDone();
    },
  });
  return (
    <Form form={form}>
      <ResourceFields />
      <DialogActions>Save changes</DialogActions>
    </Form>
  );
}
