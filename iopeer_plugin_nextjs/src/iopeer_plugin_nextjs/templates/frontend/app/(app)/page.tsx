import { title } from "@/lib/app";

export default function HomePage() {
  return (
    <main className="p-6">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
    </main>
  );
}
