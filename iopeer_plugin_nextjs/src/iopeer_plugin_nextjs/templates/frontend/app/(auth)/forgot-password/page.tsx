import { ForgotPasswordForm } from "@/components/auth/forgot-password-form";
import { titled } from "@/lib/page";

export const generateMetadata = titled("auth.forgot_title");

export default function Page() {
  return <ForgotPasswordForm />;
}
