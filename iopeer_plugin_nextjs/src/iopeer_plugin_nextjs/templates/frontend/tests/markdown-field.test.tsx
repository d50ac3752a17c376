import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { FormProvider, useForm } from "react-hook-form";
import { expect, it } from "vitest";

import { MarkdownField } from "@/components/form/markdown-field";
import { EntityProvider } from "@/hooks/use-entity-labels";
import { accountEntity } from "@/lib/navigation";

import { messages, renderPage } from "./support/render";

function Refusing() {
  const wrong = { type: "odd", message: "Something is odd." };
  const form = useForm({
    defaultValues: { words: "Words" },
    resolver: () => ({ values: {}, errors: { words: wrong } }),
  });
  return (
    <EntityProvider value={accountEntity}>
      <FormProvider {...form}>
        <form onSubmit={(event) => void form.handleSubmit(() => undefined)(event)}>
          <MarkdownField name="words" />
          <button type="submit">Save</button>
        </form>
      </FormProvider>
    </EntityProvider>
  );
}

it("goes back from the preview to what is wrong", async () => {
  renderPage(<Refusing />);
  await userEvent.click(screen.getByRole("tab", { name: messages.form.preview }));
  expect(screen.queryByRole("textbox")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("textbox")).toHaveFocus();
});
