/** Answers whoever asks whether the web application runs. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}
