import { policies, type Policy } from "@/lib/policies";

type Policies = Record<string, Policy<object>>;

/** Says for a test who may do what with some entities; what it gives takes that back. */
export function withPolicies(others: Policies): () => void {
  const all = policies as unknown as Policies;
  const before = { ...all };
  Object.assign(all, others);
  return () => {
    for (const name of Object.keys(others)) delete all[name];
    Object.assign(all, before);
  };
}
