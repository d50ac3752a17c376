"use client";

import type { ReactNode } from "react";

import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { useAuth } from "@/hooks/use-auth";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import type { EntityName } from "@/lib/entities";
import { readable } from "@/lib/permissions";

export interface ChildrenTab {
  /** What the parent calls them. */
  name: string;
  /** Whose rows they are. */
  entity: EntityName;
  /** The field by which they belong to the row: who may not read it cannot ask for them. */
  field: string;
  content: ReactNode;
}

/** What belongs to a row, kind by kind, as far as the reader may see it. */
export function ChildrenTabs({ tabs }: { tabs: readonly ChildrenTab[] }) {
  const { account } = useAuth();
  const labels = useOwnLabels();
  const shown = tabs.filter(({ entity, field }) => readable(account, entity, field));
  const [first] = shown;
  if (!first) return null;
  return (
    <Tabs defaultValue={first.name}>
      <div className="overflow-x-auto">
        <TabsList>
          {shown.map(({ name }) => (
            <TabsTrigger key={name} value={name}>
              {labels.field(name)}
            </TabsTrigger>
          ))}
        </TabsList>
      </div>
      {shown.map(({ name, content }) => (
        <TabsContent key={name} value={name} className="mt-4">
          {content}
        </TabsContent>
      ))}
    </Tabs>
  );
}
