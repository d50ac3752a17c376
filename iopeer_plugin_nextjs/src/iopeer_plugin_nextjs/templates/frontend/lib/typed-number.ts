import * as z from "zod/mini";

import { required } from "@/lib/credentials";

/** A number that is typed in, and must be. */
export const number = () => z.pipe(required(), z.coerce.number<string>("number"));
