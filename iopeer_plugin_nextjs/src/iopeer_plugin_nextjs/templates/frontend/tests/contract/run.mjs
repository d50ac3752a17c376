/**
 * Holds the types of the client against the API's own description: that of a running API, whose address is in
 * BACKEND_URL, or that in a file, which is named on the command line.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import openapi, { astToString, UNKNOWN } from "openapi-typescript";

const [file] = process.argv.slice(2);
const api = process.env.BACKEND_URL ?? "http://127.0.0.1:8000";
const source = file ? pathToFileURL(file) : new URL("/openapi.json", api);
const description = await openapi(source, {
  defaultNonNullable: false,
  // What refers to itself, as any JSON does, has no type that the compiler takes.
  transform: (schema, { path }) =>
    JSON.stringify(schema).includes(`"${path}"`) ? UNKNOWN : undefined,
});
writeFileSync(new URL("openapi.ts", import.meta.url), astToString(description));
const compiler = ["node_modules/typescript/bin/tsc", "--project", "tests/contract"];
const { status } = spawnSync(process.execPath, compiler, { stdio: "inherit" });
process.exit(status ?? 1);
