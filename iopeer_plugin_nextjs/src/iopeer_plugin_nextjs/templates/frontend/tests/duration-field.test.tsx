import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { describe, expect, it } from "vitest";

import { DurationField } from "@/components/form/duration-field";
import { EntityProvider } from "@/hooks/use-entity-labels";
import { hoursAndMinutes } from "@/lib/durations";
import { accountEntity } from "@/lib/navigation";

import { messages, renderPage } from "./support/render";

const texts = messages.form;

function Form({ starts }: { starts: string | null }) {
  const form = useForm<{ spent: string | null }>({ defaultValues: { spent: starts } });
  const spent = useWatch({ control: form.control, name: "spent" });
  return (
    <FormProvider {...form}>
      <EntityProvider value={accountEntity}>
        <DurationField name="spent" />
      </EntityProvider>
      <output>{String(spent)}</output>
    </FormProvider>
  );
}

describe("a duration", () => {
  it("is written in hours and minutes, and may be emptied", async () => {
    renderPage(<Form starts="PT1H30M" />);
    const [hours, minutes] = [texts.hours, texts.minutes].map((name) =>
      screen.getByLabelText(name),
    );
    expect([hours, minutes].map((input) => (input as HTMLInputElement).value)).toEqual(["1", "30"]);
    await userEvent.clear(hours as HTMLElement);
    expect(screen.getByRole("status")).toHaveTextContent("PT30M");
    await userEvent.clear(minutes as HTMLElement);
    expect(screen.getByRole("status")).toHaveTextContent("null");
    await userEvent.type(minutes as HTMLElement, "90");
    expect(screen.getByRole("status")).toHaveTextContent("PT1H30M");
    expect(minutes).toHaveValue(90);
  });

  it("keeps what is typed where that is none", async () => {
    renderPage(<Form starts={null} />);
    await userEvent.type(screen.getByLabelText(texts.hours), "1.5");
    expect(screen.getByLabelText(texts.hours)).toHaveValue(1.5);
    expect(screen.getByRole("status")).toHaveTextContent("1.5:");
  });

  it("may be negative", () => {
    expect(hoursAndMinutes("-PT2H30M")).toEqual({ hours: -2, minutes: -30 });
  });
});
