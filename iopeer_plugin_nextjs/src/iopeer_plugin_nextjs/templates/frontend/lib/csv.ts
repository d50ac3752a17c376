import { decimalMark } from "@/lib/numerals";

/** A cell as RFC 4180 writes it; what a spreadsheet would take for a formula is kept a text. */
export function csvCell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) && !isNumber(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

function isNumber(value: string): boolean {
  return /^[+-]?\d+([.,]\d+)?$/.test(value);
}

/**
 * Lines of cells as a file's content, with the mark that makes spreadsheets read it as UTF-8. Cells are parted as
 * spreadsheets of the language expect it: by semicolons where the comma is before decimals.
 */
export function csv(lines: readonly (readonly string[])[], locale: string): string {
  const separator = decimalMark(locale) === "," ? ";" : ",";
  return `\uFEFF${lines.map((line) => line.map(csvCell).join(separator)).join("\r\n")}\r\n`;
}

/** Hands a file to the reader. */
export function download(name: string, content: string, type = "text/csv;charset=utf-8"): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
