import { RegisterForm } from "@/components/auth/register-form";
import { VisitorsOnly } from "@/components/auth/visitors-only";
import { titled } from "@/lib/page";

export const generateMetadata = titled("auth.register_title");

export default function Page() {
  return (
    <VisitorsOnly>
      <RegisterForm />
    </VisitorsOnly>
  );
}
