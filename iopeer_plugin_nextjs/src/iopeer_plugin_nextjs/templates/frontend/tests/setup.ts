import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

import { fakeNavigation, navigation } from "./support/navigation";

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
  vi.unstubAllGlobals();
});
