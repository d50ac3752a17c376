import { LoginForm } from "@/components/auth/login-form";
import { VisitorsOnly } from "@/components/auth/visitors-only";
import { titled } from "@/lib/page";

export const generateMetadata = titled("auth.login_title");

export default function Page() {
  return (
    <VisitorsOnly>
      <LoginForm />
    </VisitorsOnly>
  );
}
