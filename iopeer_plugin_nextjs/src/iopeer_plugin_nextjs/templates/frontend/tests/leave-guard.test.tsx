import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import Link from "next/link";
import { describe, expect, it, vi } from "vitest";

import { LeaveGuard } from "@/components/form/leave-guard";
import { leave } from "@/lib/leaving";

import { navigation } from "./support/navigation";
import { messages, renderPage } from "./support/render";

const texts = messages.form;

function show(active = true) {
  renderPage(
    <>
      <LeaveGuard active={active} />
      <Link href="/account">Elsewhere</Link>
    </>,
  );
}

async function answer(name: string) {
  const question = await screen.findByRole("alertdialog", { name: texts.leaveTitle });
  await userEvent.click(within(question).getByRole("button", { name }));
}

/** The browser's own history, where it can be held up. */
function fakeHistory() {
  const traverseTo = vi.fn<(key: string) => void>();
  const history = Object.assign(new EventTarget(), { traverseTo });
  vi.stubGlobal("navigation", history);
  const back = () => {
    const event = Object.assign(new Event("navigate", { cancelable: true }), {
      navigationType: "traverse",
      destination: { key: "before" },
    });
    act(() => void history.dispatchEvent(event));
    return event;
  };
  return { back, traverseTo };
}

describe("what is half filled in", () => {
  it("is not left by a link until the reader agrees", async () => {
    show();
    await userEvent.click(screen.getByRole("link"));
    await answer(texts.cancel);
    expect(navigation.push).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("link"));
    await answer(texts.leave);
    expect(navigation.push).toHaveBeenCalledExactlyOnceWith("/account");
  });

  it("is not left by a command until the reader agrees", async () => {
    const go = vi.fn<() => void>();
    show();
    act(() => leave(go));
    await answer(texts.leave);
    expect(go).toHaveBeenCalledOnce();
  });

  it("is not left by the back button until the reader agrees", async () => {
    const { back, traverseTo } = fakeHistory();
    show();
    expect(back().defaultPrevented).toBe(true);
    await answer(texts.leave);
    expect(traverseTo).toHaveBeenCalledExactlyOnceWith("before");
    expect(back().defaultPrevented).toBe(false);
  });

  it("keeps a tab from closing unasked", () => {
    show();
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  });
});

describe("what nobody has touched", () => {
  it("is left at once", () => {
    const { back } = fakeHistory();
    const go = vi.fn<() => void>();
    show(false);
    leave(go);
    expect(go).toHaveBeenCalledOnce();
    expect(back().defaultPrevented).toBe(false);
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });
});
