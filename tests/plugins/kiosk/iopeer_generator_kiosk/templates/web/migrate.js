// Makes the database: the words, none of them yet.
const fs = require("node:fs");
if (!fs.existsSync("words.db")) fs.writeFileSync("words.db", "");
console.log("migrated");
