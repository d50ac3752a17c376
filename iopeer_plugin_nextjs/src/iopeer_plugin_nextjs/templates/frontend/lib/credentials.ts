/** What the forms of signing in check; messages are keys of the texts under `errors`. */

import * as z from "zod";

z.config({ jitless: true }); // the page's policy forbids code that is made at run time

export const required = () => z.string().trim().min(1, "required");

export const email = () => required().pipe(z.email("email"));

export const number = () => z.coerce.number<string>("number");

export const password = () =>
  z.string().min(1, "required").min(8, "password_short").max(128, "password_long");

export const loginSchema = z.object({ email: email(), password: required() });

export const forgotSchema = z.object({ email: email() });

export const resetSchema = z.object({ password: password() });

export const changeSchema = z.object({
  current_password: z.string().min(1, "required"),
  new_password: password(),
});
