"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

/** A link among many: its page is fetched ahead only once the pointer or the focus is on it. */
export function NearLink(props: ComponentProps<typeof Link>) {
  const [near, setNear] = useState(false);
  const approach = () => setNear(true);
  return (
    <Link {...props} prefetch={near ? null : false} onMouseEnter={approach} onFocus={approach} />
  );
}
