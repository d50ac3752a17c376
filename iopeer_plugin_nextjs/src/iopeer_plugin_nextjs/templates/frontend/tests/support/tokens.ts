/** The tokens that the API gives, as an answer. */
export function tokens(name: string): Response {
  return Response.json({
    access_token: `access-${name}`,
    refresh_token: `refresh-${name}`,
    token_type: "bearer",
    expires_in: 900,
  });
}
