// "Takes pictures": writes what the page says of each screen into files that are named as pictures.
const fs = require("node:fs");

(async () => {
  const text = await (await fetch(process.env.PAGE_URL)).text();
  for (const { name, path } of JSON.parse(process.env.SCREENS)) {
    for (const kind of ["-desktop-light", "-desktop-dark", "-phone-light"]) {
      fs.writeFileSync(`${process.env.PICTURES}/${name}${kind}.png`, `${path} ${text}`);
    }
  }
})();
