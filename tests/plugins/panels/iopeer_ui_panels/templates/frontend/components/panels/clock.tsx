"use client";

import { Card, CardContent } from "@/components/ui/card";

/** A panel of the dashboard. */
export function Clock() {
  return (
    <Card>
      <CardContent>A clock that stands still.</CardContent>
    </Card>
  );
}
