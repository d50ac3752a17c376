import * as z from "zod/mini";

import { required } from "@/lib/credentials";
import { fromLocal } from "@/lib/moments";

/** A date and time that is chosen, and must be; it is sent in UTC. */
export const moment = () =>
  z.pipe(
    required(),
    z.transform((local: string) => fromLocal(local) ?? local),
  );
