/* Show of a page's notes those of one kind or one editor, as the address says: ?kind=gloss&by=d-roe#notes.
   A classic script: modules do not load at file://. Without it all notes are shown, and every link works. */
(() => {
  "use strict";

  const links = [...document.querySelectorAll("a[data-choose]")];
  const notes = [...document.querySelectorAll(".note-box, .note-rows .elsewhere")];
  const asked = new URLSearchParams(location.search);
  const chosen = {};
  for (const link of links) {
    const { choose, value } = link.dataset;
    if (value && asked.get(choose) === value) chosen[choose] = value;
  }
  const fits = (note, choice) => Object.entries(choice).every(([name, value]) => !value || note.dataset[name] === value);
  const left = new Set(notes.filter((note) => !fits(note, chosen)).map((note) => note.id));

  /* What belongs to a note elsewhere: references in the text, rows of the list, marks around words. */
  const related = new Map();
  const relate = (id, part) => {
    if (!related.has(id)) related.set(id, []);
    related.get(id).push(part);
  };
  for (const one of document.querySelectorAll(".note-ref, .note-also")) relate(one.hash.slice(1), one);
  for (const one of document.querySelectorAll("[data-note]")) relate(`note-${one.dataset.note}`, one);
  for (const one of document.querySelectorAll("mark")) relate(one.getAttribute("aria-details"), one);

  const show = (id, shown) => {
    for (const part of [document.getElementById(id), ...(related.get(id) || [])]) {
      /* A mark holds captured words: it loses its look, never its text. */
      if (part.localName === "mark") part.classList.toggle("left-out", !shown);
      else part.hidden = !shown;
    }
  };

  const count = () => {
    if (!Object.keys(chosen).length) return;
    const shown = notes.length - left.size;
    document.querySelector("[data-notes-status]").textContent = `${shown} of ${notes.length} notes shown`;
    document.querySelector("[data-notes-tally]").textContent = `${shown} of ${notes.length} shown`;
  };

  /* A link to a note, or to a reference to one, shows it, whatever is chosen. */
  const follow = () => {
    const place = document.getElementById(location.hash.slice(1));
    if (!place) return;
    const id = place.matches(".note-ref, .note-also") ? place.hash.slice(1) : place.id;
    const wasLeft = left.delete(id);
    if (wasLeft) show(id, true);
    if (wasLeft) count();
    /* Not every browser opens what is folded around the place that a link leads to. */
    const folds = [...document.querySelectorAll("details:not([open])")].filter((one) => one.contains(place));
    for (const one of folds) one.open = true;
    if (wasLeft || folds.length) place.scrollIntoView();
  };

  for (const id of left) show(id, false);
  for (const link of links) {
    const { choose, value } = link.dataset;
    const choice = { ...chosen, [choose]: value };
    const query = new URLSearchParams(Object.entries(choice).filter(([, one]) => one));
    const tally = link.parentElement.querySelector(".tally");
    if (tally) tally.textContent = notes.filter((note) => fits(note, choice)).length;
    link.href = `?${query}#notes`;
    if ((chosen[choose] || "") === value) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  follow();
  addEventListener("hashchange", follow);
  /* A screen reader tells of a change to a status, not of what is there from the start. */
  setTimeout(count, 200);
})();
