import { DashboardPage } from "@/components/dashboard/dashboard-page";
import { titled } from "@/lib/page";

export const generateMetadata = titled("layout.dashboard");

export default function Page() {
  return <DashboardPage />;
}
