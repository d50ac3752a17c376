// Keeps words in a file: POST adds one, GET gives all. What it starts must end with it.
const fs = require("node:fs");
const http = require("node:http");
const { spawn } = require("node:child_process");

const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
console.log(`store ${process.pid} ${child.pid}`);
http
  .createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      if (body === "die") process.exit(7);
      if (request.method === "POST") fs.appendFileSync("words.db", `${body}\n`);
      response.end(request.url === "/health" ? "well" : fs.readFileSync("words.db"));
    });
  })
  .listen(Number(process.argv[2]), "127.0.0.1");
