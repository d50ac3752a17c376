// Has Mozilla's HTTP observatory grade an app behind a proxy that ends TLS, as it would be deployed:
// `node observatory.mjs '{"app": URL, "key": FILE, "certificate": FILE, "path": "/login"}'` prints a line of JSON.
// The certificate must be one that Node trusts (NODE_EXTRA_CA_CERTS).

import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

import { ALL_TESTS } from "@mdn/mdn-http-observatory/src/constants.js";
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from "@mdn/mdn-http-observatory/src/grader/charts.js";
import { getGradeForScore, getScoreModifier } from "@mdn/mdn-http-observatory/src/grader/grader.js";
import { retrieve } from "@mdn/mdn-http-observatory/src/retriever/retriever.js";

const HOST = "localhost";
const { app, key, certificate, path } = JSON.parse(process.argv[2]);

const proxy = https.createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
  const headers = { ...request.headers, "x-forwarded-proto": "https" };
  const passed = http.request(new URL(request.url, app), { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  request.pipe(passed);
});
const secure = await listening(proxy);
const plain = http.createServer((request, response) => {
  response.writeHead(301, { location: `https://${HOST}:${secure}${request.url}` }).end();
});
const insecure = await listening(plain);

function listening(server) {
  return new Promise((resolve) => server.listen(0, HOST, () => resolve(server.address().port)));
}

const seen = await retrieve(HOST, { httpPort: insecure, httpsPort: secure, path });
const { status } = seen.responses.auto ?? {};
if (status !== 200) throw new Error(`${path} answers ${status}`);
const results = ALL_TESTS.map((test) => test(seen));
const modifiers = results.map(({ result }) => getScoreModifier(result));
const strict = modifiers.reduce((sum, one) => sum + Math.min(one, 0), 100);
const generous = modifiers.reduce((sum, one) => sum + one, 100);
const { grade, score } = getGradeForScore(strict >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? generous : strict);
const failed = results.filter(({ pass }) => !pass).map(({ result }) => result);
console.log(JSON.stringify({ path, grade, score, failed }));
process.exit();
