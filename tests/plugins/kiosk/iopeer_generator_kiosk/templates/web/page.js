// Shows the words of the store, and how it runs itself.
const fs = require("node:fs");
const http = require("node:http");

const facts = { live: process.argv[3] === "live", colour: process.env.COLOUR, key: process.env.KEY?.length ?? 0 };
http
  .createServer(async (request, response) => {
    if (request.url === "/health") return response.end("well");
    const words = await (await fetch(process.env.STORE)).text();
    response.end(JSON.stringify({ ...facts, built: fs.existsSync("web/built.txt"), words: words.trim().split("\n") }));
  })
  .listen(Number(process.argv[2]), "127.0.0.1", () => console.log("page is there"));
