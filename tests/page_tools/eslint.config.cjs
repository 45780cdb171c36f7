"use strict";

const js = require("@eslint/js");
const globals = require("globals");

// Classic scripts that also run from a disk: no modules, one scope each, nothing left in the window.
module.exports = [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // Search folds every script: classes of marks alone, and of all that is ASCII, are meant.
      "no-control-regex": "off",
      "no-misleading-character-class": "off",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-implicit-globals": "error",
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "Worker", "eval"],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Captured text is never parsed: use textContent." },
        { property: "outerHTML", message: "Captured text is never parsed: use textContent." },
        { property: "insertAdjacentHTML", message: "Captured text is never parsed." },
      ],
      eqeqeq: "error",
      "prefer-const": "error",
      strict: ["error", "function"],
    },
  },
];
