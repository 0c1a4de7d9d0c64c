import type { FilterSpec } from "@/components/data-table/filter-button";
import { ActionEditor } from "./action-editor";
import { ACTOR_KIND, OUTCOME_TONE } from "./event-words";
import { TimeEditor, timeWords } from "./time-editor";

/** The filters of the explorer; `names` tells what the ids among them are called, `zone` in which one times are given. */
export function eventFilters(names: Record<string, string>, zone?: string): FilterSpec[] {
  const nameOf = (id: string) => names[id] ?? id;
  return [
    {
      key: "time",
      label: "When",
      display: (value) => timeWords(value, zone),
      editor: (value, apply) => <TimeEditor value={value} zone={zone} onApply={apply} />,
    },
    {
      key: "action",
      label: "Did",
      display: (value) => (value.includes(",") ? `${value.split(",").length} actions` : value),
      editor: (value, apply) => <ActionEditor value={value} onApply={apply} />,
    },
    { key: "outcome", label: "Outcome", options: Object.keys(OUTCOME_TONE).map((value) => ({ value, label: value })) },
    {
      key: "actorType",
      label: "Kind of actor",
      isOptional: true,
      options: Object.entries(ACTOR_KIND).map(([value, label]) => ({ value, label })),
    },
    { key: "actor", label: "Actor", isOptional: true, display: nameOf, placeholder: "Id; search finds names" },
    { key: "target", label: "Target", isOptional: true, display: nameOf, placeholder: "Id of what was acted on" },
    { key: "app", label: "App", isOptional: true, display: nameOf, placeholder: "Id of an app: 80-…" },
    { key: "instance", label: "Instance", isOptional: true, display: nameOf, placeholder: "Id of an instance: 8-…" },
    { key: "ip", label: "Address", isOptional: true, placeholder: "203.0.113.7" },
    { key: "request", label: "Request", isOptional: true, placeholder: "req_…" },
  ];
}
