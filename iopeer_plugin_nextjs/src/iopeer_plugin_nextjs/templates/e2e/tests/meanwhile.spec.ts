import { pathOf, send } from "../support/api.ts";
import { app, type Entity, type Field, kept } from "../support/app.ts";
import { alike, control, fill, formOf, save } from "../support/form.ts";
import { isChangeable, keeperOf, make, read, valueOf } from "../support/rows.ts";
import { expect, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test.use({ refusals: [412] });

for (const { entity, field } of kept.flatMap(changeable).slice(0, 1)) {
  test(`${entity.name}: what two change at once is told, and neither is lost`, async ({ page, as }) => {
    const caller = await as(keeperOf(entity));
    const { id } = await make(entity);
    const path = pathOf(entity.api, id);
    const [member = field.name] = field.members;
    await page.goto(`${entity.route}/${encodeURIComponent(id)}/edit`);
    await expect(control(page, entity, field)).toBeVisible();
    const before = alike(field, (await read(entity, id, caller))[field.name]);
    const theirs = await valueOf(entity, field, (value) => alike(field, value) !== before);
    if (theirs === undefined) throw new Error(`nothing else is known for ${field.name}`);
    const row = await send<{ [name: string]: typeof theirs }>("PATCH", path, {
      pass: caller.pass,
      json: { [member]: theirs },
    });
    const known = [before, alike(field, row[field.name])];
    const mine = await valueOf(entity, field, (value) => !known.includes(alike(field, value)));
    if (mine === undefined) throw new Error(`no third value is known for ${field.name}`);
    await fill(page, entity, field, { value: mine }, caller);
    await save(page);
    const keep = formOf(page).getByRole("button", { name: t("form.keepMine"), exact: true });
    await expect(keep).toBeVisible();
    expect(alike(field, (await read(entity, id, caller))[field.name])).toEqual(known[1]);
    await keep.click();
    await page.waitForURL((url) => !url.pathname.endsWith("/edit"));
    expect(alike(field, (await read(entity, id, caller))[field.name])).toEqual(alike(field, mine));
  });
}

/** The first field of an entity that two people could change. */
function changeable(entity: Entity): { entity: Entity; field: Field }[] {
  if (!entity.may.includes("update") || entity.name === app.account) return [];
  const enough = (field: Field) =>
    field.values.length > 2 || JSON.stringify(field.values).includes("{n}");
  const field = entity.fields.find((one) => isChangeable(one) && enough(one));
  return field ? [{ entity, field }] : [];
}
