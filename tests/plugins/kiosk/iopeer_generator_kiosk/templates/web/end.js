// From end to end: a word that is stored is shown, and it is the only one.
(async () => {
  await fetch(process.env.STORE_URL, { method: "POST", body: "hello" });
  const facts = await (await fetch(process.env.PAGE_URL)).json();
  console.log(JSON.stringify(facts));
  process.exit(facts.words.length === 1 && facts.words[0] === "hello" && facts.built ? 0 : 1);
})();
