/* Put a text on the clipboard; tell whether it is there. A classic script: modules do not load at file://. */
(() => {
  "use strict";

  /* The clipboard of today needs a page that is trusted: where a browser refuses, the older way. */
  globalThis.archiveCopy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
      const before = document.activeElement;
      (before.closest("dialog") || document.body).append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      before.focus();
      return done;
    }
  };
})();
