"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";

/** A link among many: its page is fetched ahead only once the pointer or the focus is on it. */
export function NearLink(props: { href: string; className?: string; children: ReactNode }) {
  const [near, setNear] = useState(false);
  const approach = () => setNear(true);
  return (
    <Link {...props} prefetch={near ? null : false} onMouseEnter={approach} onFocus={approach} />
  );
}
