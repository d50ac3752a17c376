"use client";

import { Failure } from "@/components/layout/failure";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main>
      <Failure reset={reset} />
    </main>
  );
}
