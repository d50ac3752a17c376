import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

import { fakeNavigation, navigation } from "./support/navigation";

configure({ asyncUtilTimeout: 15_000 }); // a machine may be busy

vi.mock("next/navigation", () => fakeNavigation);

beforeEach(() => {
  Object.assign(navigation, { pathname: "/", search: "" });
  navigation.push.mockClear();
  navigation.replace.mockClear();
  navigation.refresh.mockClear();
});

afterEach(() => {
  cleanup();
  window.localStorage.clear();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
