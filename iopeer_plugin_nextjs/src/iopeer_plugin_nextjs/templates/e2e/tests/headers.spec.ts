import { app } from "../support/app.ts";
import { expect, test } from "../support/test.ts";

test("only who comes by TLS is told to keep to it", async ({ request }) => {
  const plain = await request.get("/");
  expect(plain.headers()).not.toHaveProperty("strict-transport-security");
  const secure = await request.get("/", { headers: { "X-Forwarded-Proto": "https" } });
  expect(secure.headers()).toHaveProperty("strict-transport-security");
});

test("nobody is told where the API is", async ({ request }) => {
  const headers = (await request.get(app.auth.me)).headers();
  expect(Object.keys(headers).filter((name) => name.startsWith("x-middleware"))).toEqual([]);
});
