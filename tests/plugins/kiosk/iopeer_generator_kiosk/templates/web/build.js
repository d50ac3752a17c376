// Makes the version that users get.
require("node:fs").writeFileSync("web/built.txt", "built");
