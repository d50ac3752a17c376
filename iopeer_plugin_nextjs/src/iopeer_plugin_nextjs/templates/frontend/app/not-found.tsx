import { NotFound } from "@/components/layout/not-found";

export default function NotFoundPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}
