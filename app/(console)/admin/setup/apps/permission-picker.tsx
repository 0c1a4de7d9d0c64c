"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { type AnyPermission, CREDENTIAL_PERMISSIONS, registeredPermissions } from "@/lib/kernel/permissions";
import { useRegistered } from "./registered-resources";

interface PermissionPickerProps {
  label: string;
  value: readonly AnyPermission[];
  onChange: (value: AnyPermission[]) => void;
}

const verbs = ["read", "create", "update", "delete", "publish"] as const;
const resourceOf = (permission: string) => permission.split(":")[0] as string;

/** Resource by verb; the organization's own and the other protected APIs first, as keys are for them. */
export function PermissionPicker({ label, value, onChange }: PermissionPickerProps) {
  const all: AnyPermission[] = [...registeredPermissions(useRegistered()), ...CREDENTIAL_PERMISSIONS];
  const permissionOf = (resource: string, verb: string) => all.find((each) => each === `${resource}:${verb}`);
  const verbsOf = (resource: string) => verbs.filter((verb) => permissionOf(resource, verb)).length;
  const rows = [...new Set(all.map(resourceOf))].sort((a, b) => verbsOf(b) - verbsOf(a));
  const readable = all.filter((permission) => permission.endsWith(":read"));
  const toggle = (permission: AnyPermission, isOn: boolean) =>
    onChange(isOn ? [...value, permission] : value.filter((each) => each !== permission));
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button size="s" onClick={() => onChange([...new Set([...value, ...readable])])}>
          Read everything
        </Button>
        <Button size="s" onClick={() => onChange(all)}>
          Select all
        </Button>
        <Button size="s" variant="ghost" disabled={value.length === 0} onClick={() => onChange([])}>
          Clear
        </Button>
        <span role="status" className="ml-auto text-s text-ink-3 tabular-nums">
          {value.length} of {all.length}
        </span>
      </div>
      <div className="overflow-x-auto rounded-2 border bg-surface">
        <table aria-label={label} className="w-full border-separate border-spacing-0 text-s">
          <thead>
            <tr className="text-ink-3">
              <th scope="col" className="h-8 border-b pl-3 text-left font-medium">
                Resource
              </th>
              {verbs.map((verb) => (
                <th key={verb} scope="col" className="border-b px-1 text-center font-medium">
                  {verb}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((resource) => (
              <tr key={resource} className="group hover:bg-hover">
                <th scope="row" className="h-8 border-b pl-3 text-left font-normal group-last:border-b-0">
                  {resource}
                </th>
                {verbs.map((verb) => {
                  const permission = permissionOf(resource, verb);
                  return (
                    <td key={verb} className="border-b px-1 group-last:border-b-0">
                      {permission && (
                        <Checkbox
                          aria-label={permission}
                          className="mx-auto"
                          checked={value.includes(permission)}
                          onCheckedChange={(isOn) => toggle(permission, isOn)}
                        />
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {value.length === 0 && <Banner tone="warn">Nothing is selected, so everything will be refused.</Banner>}
    </div>
  );
}
