import { ResetPasswordForm } from "@/components/auth/reset-password-form";
import { titled } from "@/lib/page";

export const generateMetadata = titled("auth.reset_title");

export default async function Page({ searchParams }: PageProps<"/reset-password">) {
  const { token } = await searchParams;
  return <ResetPasswordForm token={typeof token === "string" ? token : ""} />;
}
