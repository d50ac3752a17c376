import type { Locator, Page } from "@playwright/test";

import { type Entity, type Field, kept } from "../support/app.ts";
import { control, fill, formOf, save } from "../support/form.ts";
import { keeperOf, linkOf, make, read, valueOf } from "../support/rows.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

const TYPED = ["TextField", "LongTextField", "MarkdownField", "NumberField", "DecimalField", "MoneyField"];

/** What a browser takes for no value, by what it is typed into: a number without its end, a part of a date. */
const HALF = { NumberField: "1e", DateField: "1", DateTimeField: "1", TimeField: "1" };

for (const entity of kept) {
  const writable = entity.fields.filter((field) => field.writable);
  const required = writable.filter(
    (field) => field.required && !field.default && TYPED.includes(field.widget),
  );
  const refusing = writable.filter((field) => field.wrong !== "");
  if (required.length + refusing.length > 0) {
    test(`${entity.name}: what is missing or wrong is told where it is`, async ({ page, as }) => {
      const caller = await as(keeperOf(entity));
      await page.goto(`${entity.route}/new`);
      for (const field of refusing) {
        const typed = { ...field, widget: field.widget === "ColorField" ? "TextField" : field.widget };
        await fill(page, entity, typed, { value: field.wrong }, caller);
      }
      // The last one is told as it is left, under the pointer that presses the button.
      await save(page);
      for (const field of [...required, ...refusing]) {
        await expectRefused(page, entity, field);
      }
      for (const field of required.filter(({ wrong }) => wrong === "")) {
        await expect(await messageOf(page, entity, field)).toHaveText(t("validation.required"));
      }
      expect(new URL(page.url()).pathname).toBe(`${entity.route}/new`);
    });
  }

  const half = writable.filter((field) => field.widget in HALF);
  if (half.length > 0) {
    test(`${entity.name}: what is half written is not taken for nothing`, async ({ page, as }) => {
      await as(keeperOf(entity));
      await page.goto(`${entity.route}/new`);
      for (const field of half) {
        const at = control(page, entity, field);
        await at.clear();
        await at.pressSequentially(HALF[field.widget as keyof typeof HALF]);
      }
      await save(page);
      for (const field of half) await expectRefused(page, entity, field);
      expect(new URL(page.url()).pathname).toBe(`${entity.route}/new`);
    });
  }

  const unique = writable.find(
    (field) => field.unique && TYPED.includes(field.widget) && field.targets.length === 0,
  );
  if (unique) {
    test.describe(() => {
      test.use({ refusals: [409] });

      test(`${entity.name}: a ${unique.name} that is taken is told there`, async ({ page, as }) => {
        const caller = await as(keeperOf(entity));
        const given = (await valueOf(entity, unique)) ?? null;
        const row = await make(entity, { [unique.name]: given });
        const taken = (await read(entity, row.id, caller))[unique.name] ?? given;
        await page.goto(`${entity.route}/new`);
        for (const field of writable.filter((one) => one.required || one.pinned || one === unique)) {
          const value = field === unique ? taken : await valueOf(entity, field);
          if (value !== undefined) await fill(page, entity, field, { value }, caller);
          else if (field.targets.length > 0 && !field.default) {
            await fill(page, entity, field, { link: await linkOf(field) }, caller);
          }
        }
        await save(page);
        await expectRefused(page, entity, unique);
        await expect(formOf(page).getByRole("alert")).toHaveCount(1);
      });
    });
  }
}

async function expectRefused(page: Page, entity: Entity, field: Field): Promise<void> {
  await expect(control(page, entity, field), field.name).toHaveAttribute("aria-invalid", "true");
  await expect(await messageOf(page, entity, field)).not.toBeEmpty();
}

/** What is said to be wrong with a field: the last of what describes it. */
async function messageOf(page: Page, entity: Entity, field: Field): Promise<Locator> {
  const described = await control(page, entity, field).getAttribute("aria-describedby");
  return page.locator(`[id="${described?.split(" ").at(-1) ?? ""}"]`);
}
