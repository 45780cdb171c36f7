/* Copy or save how the item, a comment or a note is cited. A classic script: modules do not load at file://.
   Without it the item's citation can be read and saved, and every comment and note has its link. */
(() => {
  "use strict";

  const block = document.querySelector("[data-citation]");
  if (!block || !globalThis.archiveCitations) return;
  const { record, formats } = globalThis.archiveCitations;
  const { cited, item } = JSON.parse(block.textContent);
  const FORMATS = [
    ["plain", "Plain text", "txt", "text/plain"],
    ["bibtex", "BibTeX", "bib", "application/x-bibtex"],
    ["ris", "RIS", "ris", "application/x-research-info-systems"],
    ["csl", "CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json"],
  ];

  const make = (name, facts = {}, ...children) => {
    const one = Object.assign(document.createElement(name), facts);
    one.append(...children);
    return one;
  };

  const save = (text, name, type) => {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };

  /* The buttons below a citation act on the format that is chosen in its box. */
  const attach = (box, citing) => {
    const status = box.querySelector("[role=status]");
    const chosen = () => FORMATS.find(([form]) => form === box.querySelector("input:checked").value);
    box.querySelector("[data-copy]").addEventListener("click", async () => {
      const done = await globalThis.archiveCopy(formats[chosen()[0]](citing()));
      status.textContent = done ? `${chosen()[1]} copied` : "The browser did not copy; select the text instead";
    });
    box.querySelector("[data-save]").addEventListener("click", () => {
      const [form, , ending, type] = chosen();
      const name = citing().id.replace(/[^A-Za-z0-9]+/g, "-");
      save(formats[form](citing()), `${name}.${ending}`, type);
      status.textContent = `Saved as ${name}.${ending}`;
    });
    box.addEventListener("change", () => {
      status.textContent = "";
    });
    box.querySelector("[data-cite-actions]").hidden = false;
    box.classList.add("has-actions");
  };

  const box = document.querySelector("details [data-cite-box]");
  if (box) attach(box, () => item);

  let dialog;
  let now;
  const show = () => {
    const form = dialog.querySelector("input:checked").value;
    dialog.querySelector("pre").textContent = formats[form](now);
  };

  const build = () => {
    const choices = FORMATS.map(([form, name], place) =>
      make("label", {}, make("input", { type: "radio", name: "cite-one", value: form, checked: !place }), ` ${name}`),
    );
    const button = (words, name) => {
      const one = make("button", { type: "button", textContent: words });
      one.dataset[name] = "";
      return one;
    };
    const status = make("span", { className: "cite-status" });
    status.setAttribute("role", "status");
    const actions = make(
      "p",
      { className: "cite-actions" },
      button("Copy", "copy"),
      button("Save as file", "save"),
      button("Close", "close"),
      status,
    );
    actions.dataset.citeActions = "";
    const legend = make("legend", { className: "visually-hidden", textContent: "Format" });
    dialog = make(
      "dialog",
      { className: "cite-dialog" },
      make("h2", { id: "cite-title" }),
      make("fieldset", { className: "cite-formats" }, legend, ...choices),
      make("pre", { className: "cite-text", dir: "auto" }),
      actions,
    );
    dialog.setAttribute("aria-labelledby", "cite-title");
    dialog.addEventListener("change", show);
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    /* A click beside the dialog is one on its backdrop, which is the dialog itself. */
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    attach(dialog, () => now);
    document.body.append(dialog);
  };

  const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /* What a page shows of a comment: its author, its time on the page's own clock, its id. */
  const ofComment = (button) => {
    const comment = button.closest("article[id]");
    const time = comment.querySelector("header time[datetime]");
    const by = document.getElementById(`${comment.id}-by`);
    return record(cited, {
      place: comment.id,
      type: "post",
      genre: capitalized(button.dataset.cite),
      author: "unnamed" in button.dataset ? "" : by.textContent,
      issued: time ? time.dateTime : "",
      isReckoned: "reckoned" in button.dataset,
    });
  };

  const ofNote = (button, note) =>
    record(cited, {
      place: note.id,
      type: "webpage",
      genre: button.dataset.cite,
      author: button.dataset.by || "",
      issued: button.dataset.date || "",
      isReckoned: false,
    });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-cite]");
    if (!button) return;
    const note = button.closest(".note-box");
    now = note ? ofNote(button, note) : ofComment(button);
    if (!dialog) build();
    dialog.querySelector("h2").textContent = note ? "Cite this note" : `Cite this ${button.dataset.cite}`;
    dialog.querySelector("[role=status]").textContent = "";
    show();
    dialog.showModal();
  });
  for (const one of document.querySelectorAll("button[data-cite]")) one.hidden = false;
})();
