import { expect, test } from "../support/test.ts";

test("only who comes by TLS is told to keep to it", async ({ request }) => {
  const plain = await request.get("/login");
  expect(plain.headers()).not.toHaveProperty("strict-transport-security");
  const secure = await request.get("/login", { headers: { "X-Forwarded-Proto": "https" } });
  expect(secure.headers()).toHaveProperty("strict-transport-security");
});
