import { ApiError } from "@/api/client";
import { Failure } from "@/components/layout/failure";
import { NotFound } from "@/components/layout/not-found";

/** Answers of an API that has no such row, or no rows of such a name. */
const GONE = [404, 422];

/** In place of a row's page: that there is none, or why it cannot be loaded. */
export function RowFailure({ error, reset }: { error: Error; reset: () => void }) {
  const gone = error instanceof ApiError && GONE.includes(error.status);
  return gone ? <NotFound /> : <Failure error={error} reset={reset} />;
}
