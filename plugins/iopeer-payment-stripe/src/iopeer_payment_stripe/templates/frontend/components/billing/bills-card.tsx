"use client";

import { useBills, useMoney } from "@/components/billing/billing-data";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { useFormatter, useTranslations } from "@/lib/i18n";

/** The last invoices; nothing where there are none. */
export function BillsCard() {
  const t = useTranslations("billing");
  const format = useFormatter();
  const money = useMoney();
  const { data: bills = [] } = useBills();
  if (bills.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("bills")}</CardTitle>
      </CardHeader>
      <CardContent>
        <Table label={t("bills")}>
          <TableHeader>
            <TableRow>
              <TableHead>{t("number")}</TableHead>
              <TableHead>{t("date")}</TableHead>
              <TableHead>{t("total")}</TableHead>
              <TableHead>{t("state")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {bills.map((bill) => (
              <TableRow key={`${bill.number} ${bill.at}`}>
                <TableCell>
                  {bill.url ? (
                    <a className="underline" href={bill.url}>
                      {bill.number}
                    </a>
                  ) : (
                    bill.number
                  )}
                </TableCell>
                <TableCell>
                  {format.dateTime(new Date(bill.at), { dateStyle: "medium", timeZone: "UTC" })}
                </TableCell>
                <TableCell>{money(bill.total, bill.currency)}</TableCell>
                <TableCell>{t(bill.status === "paid" ? "paid" : "open")}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </CardContent>
    </Card>
  );
}
