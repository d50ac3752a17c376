/** What the forms of signing in check; messages are keys of the texts under `errors`. */

import * as z from "zod/mini";

z.config({ jitless: true }); // the page's policy forbids code that is made at run time

export const required = () => z.string().check(z.trim(), z.minLength(1, "required"));

export const email = () => z.pipe(required(), z.email("email"));

export const password = () =>
  z
    .string()
    .check(
      z.minLength(1, "required"),
      z.minLength(8, "password_short"),
      z.maxLength(128, "password_long"),
    );

export const loginSchema = z.object({ email: email(), password: required() });

export const forgotSchema = z.object({ email: email() });

export const resetSchema = z.object({ password: password() });

export const changeSchema = z.object({
  current_password: z.string().check(z.minLength(1, "required")),
  new_password: password(),
});
