/* Say in which of the shared vectors js/citations.js differs from what is expected: none, as JSON. */
"use strict";

const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const [script, vectors] = process.argv.slice(2);
runInThisContext(readFileSync(script, "utf8"));
const { record, formats } = globalThis.archiveCitations;
const wrong = [];
for (const { name, kind, cited, facts, expected } of JSON.parse(readFileSync(vectors, "utf8"))) {
  const made = kind === "item" ? expected.record : record(cited, facts);
  if (JSON.stringify(made) !== JSON.stringify(expected.record)) wrong.push(`${name}: record`);
  for (const [form, write] of Object.entries(formats)) {
    if (write(made) !== expected[form]) wrong.push(`${name}: ${form}`);
  }
}
process.stdout.write(JSON.stringify(wrong));
