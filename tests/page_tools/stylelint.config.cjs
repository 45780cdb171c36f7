"use strict";

module.exports = {
  extends: "stylelint-config-standard",
  rules: {
    // It compares selectors that never meet in one element; the order of layers decides here.
    "no-descending-specificity": null,
  },
};
