/* Run the theme's own search in Node: `node ask.cjs SCRIPTS [SITE]`, questions as JSON on standard input. */
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const [, , scripts, site] = process.argv;
const run = (file) => vm.runInThisContext(fs.readFileSync(file, "utf8"), file);
for (const name of ["search-terms", "search-query", "search-index"]) run(path.join(scripts, `${name}.js`));
const search = globalThis.annotatedArchiveSearch;
const loaded = new Set();
search.load = async (name) => {
  loaded.add(name);
  run(path.join(site, "search", `${name}.js`));
};

const answers = {
  fold: ({ texts }) => texts.map(search.fold),
  terms: ({ texts }) => texts.map((text) => [...new Set([...search.words(search.fold(text))].flatMap((word) => word.terms))].sort()),
  keys: ({ texts }) => texts.map(search.keyOf),
  marked: ({ typed, text }) => search.spans(search.parse(typed), text).map(([start, end]) => text.slice(start, end)),
  find: async ({ typed, filters, order }) => {
    const before = loaded.size;
    const query = search.parse(typed);
    const { numbers } = await search.find(query, filters ?? {}, order ?? "");
    const records = await Promise.all(numbers.map(search.record));
    const found = records.filter((record) => search.verify(query, record));
    return { found: found.map((one) => [one.url, ...one.passages.map((passage) => passage.address)]), loaded: loaded.size - before };
  },
  names: ({ family, typed }) => search.names(family, typed),
};

const main = async () => {
  if (site) run(path.join(site, "search", "index.js"));
  const replies = [];
  for (const ask of JSON.parse(fs.readFileSync(0, "utf8"))) replies.push(await answers[ask.do](ask));
  process.stdout.write(JSON.stringify(replies));
};
main();
