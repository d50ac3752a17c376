import { vi } from "vitest";

/** Where a test's reader is, and where the page sends them. */
export const navigation = {
  pathname: "/",
  search: "",
  push: vi.fn<(href: string) => void>(),
  replace: vi.fn<(href: string) => void>(),
  refresh: vi.fn<() => void>(),
};

/** For `vi.mock("next/navigation", …)`: the same hooks, without a browser. */
export const fakeNavigation = {
  usePathname: () => navigation.pathname,
  useRouter: () => navigation,
  useSearchParams: () => new URLSearchParams(navigation.search),
  notFound: () => {
    throw new Error("not found");
  },
};
