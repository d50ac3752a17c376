import { AccountPage } from "@/components/account/account-page";
import { titled } from "@/lib/page";

export const generateMetadata = titled("layout.account");

export default function Page() {
  return <AccountPage />;
}
