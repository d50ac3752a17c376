/**
 * Holds the types of the client against the API's own description: `BACKEND_URL=http://127.0.0.1:8000 npm run contract`.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import openapi, { astToString } from "openapi-typescript";

const api = process.env.BACKEND_URL ?? "http://127.0.0.1:8000";
const description = await openapi(new URL("/openapi.json", api), { defaultNonNullable: false });
writeFileSync(new URL("openapi.ts", import.meta.url), astToString(description));
const compiler = ["node_modules/typescript/bin/tsc", "--project", "tests/contract"];
const { status } = spawnSync(process.execPath, compiler, { stdio: "inherit" });
process.exit(status ?? 1);
