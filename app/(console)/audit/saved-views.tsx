"use client";

import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useChange } from "@/components/change";
import { late } from "@/components/late";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ViewRecord } from "@/lib/views/schema";

const ViewForm = late(() => import("./view-form").then((loaded) => loaded.ViewForm));

interface SavedViewsProps {
  views: readonly ViewRecord[];
  /** The filters that are set, as a query string. */
  filters: string;
  ownId: string;
}

/** Filters under a name: one's own, and what others share. */
export function SavedViews({ views, filters, ownId }: SavedViewsProps) {
  const router = useRouter();
  const [dialog, setDialog] = useState<"save" | "edit" | "delete">();
  const shown = views.find(({ query }) => isSame(query, filters));
  const isOwn = shown?.userZUID === ownId;
  const close = () => setDialog(undefined);
  const item = (view: ViewRecord) => (
    <DropdownMenuItem key={view.ZUID} onSelect={() => router.push(`/audit?${view.query}`)}>
      <span className="min-w-0 flex-1 truncate">{view.name}</span>
      <span className="text-xs text-ink-3">
        {view.userZUID !== ownId ? `by ${view.userName}` : view.isShared ? "shared" : ""}
      </span>
    </DropdownMenuItem>
  );
  const [own, others] = [
    views.filter(({ userZUID }) => userZUID === ownId),
    views.filter(({ userZUID }) => userZUID !== ownId),
  ];
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="s">
            <Bookmark aria-hidden /> <span className="max-w-40 truncate">{shown?.name ?? "Views"}</span>
          </Button>
        </DropdownMenuTrigger>
        {/* Focus goes on to the dialog that opens, not back to the menu's button. */}
        <DropdownMenuContent
          align="start"
          className="max-h-[60dvh] max-w-80 overflow-y-auto"
          onCloseAutoFocus={(event) => dialog && event.preventDefault()}
        >
          {own.length > 0 && <DropdownMenuLabel>Yours</DropdownMenuLabel>}
          {own.map(item)}
          {others.length > 0 && <DropdownMenuLabel>Shared by others</DropdownMenuLabel>}
          {others.map(item)}
          {views.length > 0 && <DropdownMenuSeparator />}
          {isOwn && <DropdownMenuItem onSelect={() => setDialog("edit")}>Rename or share…</DropdownMenuItem>}
          {isOwn && (
            <DropdownMenuItem danger onSelect={() => setDialog("delete")}>
              Delete this view…
            </DropdownMenuItem>
          )}
          {!shown && (
            <DropdownMenuItem disabled={filters === ""} onSelect={() => setDialog("save")}>
              {filters === "" ? "Set a filter to save a view" : "Save this view…"}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={dialog === "save"} onOpenChange={close} width="s" title="Save this view">
        <ViewForm view={{ name: "", query: filters, isShared: false }} onDone={close} />
      </Dialog>
      <Dialog open={dialog === "edit" && shown !== undefined} onOpenChange={close} width="s" title="Rename or share">
        {shown && <ViewForm view={shown} id={shown.ZUID} onDone={close} />}
      </Dialog>
      {shown && <DeleteView view={shown} isOpen={dialog === "delete"} close={close} />}
    </>
  );
}

function DeleteView({ view, isOpen, close }: { view: ViewRecord; isOpen: boolean; close: () => void }) {
  const change = useChange();
  return (
    <ConfirmDialog
      open={isOpen}
      onOpenChange={close}
      danger
      title={`Delete the view ${view.name}?`}
      description={
        view.isShared ? "It disappears for everybody it is shared with." : "Its filters stay set until you change them."
      }
      confirmLabel="Delete view"
      onConfirm={() => change<void>("DELETE", `/v1/audit-views/${view.ZUID}`)}
    />
  );
}

/** Whether two query strings set the same filters. */
function isSame(one: string, other: string): boolean {
  const sorted = (query: string) => {
    const pairs = new URLSearchParams(query);
    pairs.sort();
    return pairs.toString();
  };
  return sorted(one) === sorted(other);
}
