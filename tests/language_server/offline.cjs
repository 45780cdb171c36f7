// Loaded before the language server: it gets no network, and each attempt is told on stderr.
"use strict";

const { writeSync } = require("node:fs");

function refuse(...words) {
  writeSync(2, `refused: ${JSON.stringify(words)}\n`); // console is the server's own, a message
  throw new Error("this language server has no network");
}
require("node:net").Socket.prototype.connect = refuse;
require("node:dns").lookup = refuse;
