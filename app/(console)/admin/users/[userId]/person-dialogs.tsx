"use client";

import { useChange } from "@/components/change";
import { DialogActions } from "@/components/dialog-actions";
import { Form, useApiForm } from "@/components/form";
import { TextField } from "@/components/form-fields";
import { changedFields } from "@/components/form-values";
import { toast } from "@/components/toast";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/lib/format";
import type { PersonFacts } from "@/lib/people/schema";
import { UpdateUser } from "@/lib/users/schema";
import type { PersonViewProps } from "./person-view";

interface Bound {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

const NAMED = 5;

type DeactivateProps = Bound & Pick<PersonViewProps, "person" | "name" | "sessions" | "logins" | "issued">;

/** What ends and what stays is told before it happens. */
export function Deactivate({ person, name, sessions, logins, issued, ...bound }: DeactivateProps) {
  const change = useChange();
  const ends = [
    sessions ? formatCount(sessions.total, "session") : "every session",
    logins ? formatCount(logins.total, "login through an app", "logins through apps") : "every login through an app",
    ...(person.pendingLinks > 0
      ? [formatCount(person.pendingLinks, "open invitation or link", "open invitations and links")]
      : []),
  ];
  const more = issued.total - NAMED;
  return (
    <ConfirmDialog
      {...bound}
      title={`Deactivate ${name}?`}
      description="For somebody who leaves. They can neither sign in nor use an app until somebody reactivates them."
      confirmLabel="Deactivate"
      danger
      onConfirm={async () => {
        await change("PUT", `/v1/users/${person.ZUID}?action=deactivate`, {});
        toast(`${name} is deactivated.`);
      }}
    >
      <div className="grid gap-3 text-s">
        <div>
          <h3 className="font-medium text-bad">Ends at once</h3>
          <ul className="text-ink-2">
            {ends.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className="font-medium text-ok">Stays</h3>
          {issued.total === 0 ? (
            <p className="text-ink-2">They have issued no live token or key that you can see.</p>
          ) : (
            <>
              <p className="text-ink-2">
                {formatCount(issued.total, "token or key", "tokens and keys")} they issued for the organization:
              </p>
              <ul className="wrap-anywhere text-ink-2">
                {issued.rows.slice(0, NAMED).map(({ ZUID, name: credential, place, calls }) => (
                  <li key={ZUID}>
                    {credential}{" "}
                    <span className="text-ink-3">
                      of {place.name}, {formatCount(calls, "call")} in 30 days
                    </span>
                  </li>
                ))}
                {more > 0 && <li className="text-ink-3">and {more} more, listed on this page</li>}
              </ul>
            </>
          )}
          <p className="text-ink-2">Their roles, for when they come back, and everything on the audit trail.</p>
        </div>
      </div>
    </ConfirmDialog>
  );
}

export function Reactivate({ person, name, ...bound }: Bound & { person: PersonFacts; name: string }) {
  const change = useChange();
  return (
    <ConfirmDialog
      {...bound}
      title={`Reactivate ${name}?`}
      description={`They can sign in again at once, with ${formatCount(person.roles.length, "role")}. Their old sessions and logins stay ended.`}
      confirmLabel="Reactivate"
      onConfirm={async () => {
        await change("PUT", `/v1/users/${person.ZUID}?action=reactivate`, {});
        toast(`${name} is back.`);
      }}
    />
  );
}

export function EditName({ person, open, onOpenChange }: Bound & { person: PersonFacts }) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Edit the name"
      description="The e-mail is what they sign in with; it stays."
    >
      <NameForm person={person} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function NameForm({ person, onDone }: { person: PersonFacts; onDone: () => void }) {
  const change = useChange();
  const defaultValues = { firstName: person.firstName, lastName: person.lastName };
  const form = useApiForm({
    schema: UpdateUser.required(),
    defaultValues,
    submit: async (values) => {
      const changed = changedFields(values, defaultValues);
      if (changed) await change("PUT", `/v1/users/${person.ZUID}`, changed);
      onDone();
    },
  });
  return (
    <Form form={form}>
      <TextField name="firstName" label="First name" required autoFocus autoComplete="off" />
      <TextField name="lastName" label="Last name" required autoComplete="off" />
      <DialogActions>Save changes</DialogActions>
    </Form>
  );
}
