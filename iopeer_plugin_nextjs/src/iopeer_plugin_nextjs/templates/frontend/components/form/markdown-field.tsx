"use client";

import { useState } from "react";

import { Field, type FieldProps } from "@/components/form/field";
import { Markdown } from "@/components/markdown/markdown";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Textarea } from "@/components/ui/textarea";
import { useTranslations } from "@/lib/i18n";

/** Formatted text, with a look at how it will be shown. */
export function MarkdownField(props: FieldProps) {
  const t = useTranslations("form");
  const [tab, setTab] = useState("write");
  return (
    <Field<string> {...props} wide>
      {({ value, onChange, ...control }) => (
        // What is wrong is mended where it was written: there the form puts the focus.
        <Tabs value={control["aria-invalid"] ? "write" : tab} onValueChange={setTab}>
          <TabsList>
            <TabsTrigger value="write">{t("write")}</TabsTrigger>
            <TabsTrigger value="preview">{t("preview")}</TabsTrigger>
          </TabsList>
          <TabsContent value="write">
            <Textarea
              {...control}
              className="font-mono md:text-[0.8125rem]!"
              value={value ?? ""}
              onChange={(event) => onChange(event.target.value || null)}
            />
          </TabsContent>
          <TabsContent value="preview" className="min-h-24 rounded-md border px-3 py-2">
            {value ? (
              <Markdown source={value} />
            ) : (
              <p className="text-sm text-muted-foreground">{t("nothingToPreview")}</p>
            )}
          </TabsContent>
        </Tabs>
      )}
    </Field>
  );
}
