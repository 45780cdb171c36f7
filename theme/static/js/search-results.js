/* Make what the page shows of a record: title, author and day, and an excerpt with the words found.
   Text is put in as text, never as HTML. A classic script: modules do not load at file://. */
(() => {
  "use strict";

  const search = globalThis.annotatedArchiveSearch;
  const EXCERPT = 280;
  const LEAD = 90;
  const WHAT = { article: "Article", comment: "Comment", note: "Note", entry: "Term" };
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const SVG = "http://www.w3.org/2000/svg";

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  const dayWords = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  };

  /* Return a text from one offset to another as nodes, what was found in marks. */
  const marked = (text, spans, start = 0, end = text.length) => {
    const nodes = [];
    let at = start;
    for (const [first, last] of spans) {
      if (first < at || last > end) continue;
      if (first > at) nodes.push(text.slice(at, first));
      nodes.push(make("mark", {}, text.slice(first, last)));
      at = last;
    }
    nodes.push(text.slice(at, end));
    return nodes;
  };

  /* Move an offset to a space near it, or at least out of a character's middle. */
  const fitted = (text, at, way) => {
    if (at <= 0) return 0;
    if (at >= text.length) return text.length;
    for (let near = at; Math.abs(near - at) < 24 && near > 0 && near < text.length; near += way) {
      if (text[near] === " ") return way < 0 ? near + 1 : near;
    }
    while (at > 0 && /[\udc00-\udfff\p{M}\u200c\u200d]/u.test(text[at])) at--;
    return at;
  };

  /* Return the passage that shows the most words of the query closest together, and its excerpt. */
  const excerpt = (query, passages) => {
    let best = { most: 0, length: 0, start: 0, end: 0, passage: passages[0], spans: [] };
    for (const passage of passages) {
      const spans = search.spans(query, passage.text);
      const near = search.nearest(spans);
      if (near && (near.most > best.most || (near.most === best.most && near.length < best.length))) {
        best = { ...near, passage, spans };
      }
    }
    const { passage, spans } = best;
    if (!passage) return { address: "", nodes: [] };
    if (passage.isFolded) return { address: passage.address, nodes: [], isFolded: true };
    const { text } = passage;
    const start = text.length <= EXCERPT ? 0 : fitted(text, Math.min(best.start - LEAD, text.length - EXCERPT + 40), -1);
    const end = fitted(text, Math.max(start + EXCERPT, Math.min(best.end + 20, start + 2 * EXCERPT)), 1);
    const nodes = marked(text, spans, start, end);
    if (start > 0) nodes.unshift("… ");
    if (end < text.length) nodes.push(" …");
    return { address: passage.address, nodes };
  };

  const addressOf = (url, place) => (place.startsWith("#") ? url + place : url.slice(0, url.lastIndexOf("/") + 1) + place);

  const sign = (kind) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "sign");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `#sign-${kind}`);
    svg.append(use);
    return svg;
  };

  /* Return the words that say what a record is; *kinds* has the names of kinds of notes. */
  const label = (record, kinds) => {
    if (record.what !== "note") return make("span", { class: "result-what" }, WHAT[record.what] ?? record.what);
    const name = kinds.get(record.kind) ?? record.kind;
    return make("span", { class: `result-what note-kind kind-${record.kind}` }, sign(record.kind), name);
  };

  const found = (text, query) => make("bdi", {}, ...marked(text, search.spans(query, text)));

  /* Return one result of a list. */
  search.result = (record, query, kinds) => {
    const { address, nodes, isFolded } = excerpt(query, record.passages);
    const link = make("a", { href: addressOf(record.url, address) });
    const facts = make("p", { class: "facts" }, label(record, kinds));
    const heading = record.what === "comment" ? record.authors : record.title || record.of;
    link.append(found(heading, query));
    if (record.what === "note" && record.title) link.classList.add("result-quote");
    if (record.what !== "comment" && record.authors) facts.append(make("span", {}, found(record.authors, query)));
    if (record.day) facts.append(make("time", { datetime: record.day }, dayWords(record.day)));
    if (!["article", "entry"].includes(record.what)) facts.append(make("span", {}, "on ", make("bdi", {}, record.of)));
    const text = isFolded
      ? make("p", { class: "result-excerpt" }, "Folded by a content warning.")
      : make("p", { class: "result-excerpt", dir: "auto" }, ...nodes);
    return make("li", { class: `result result-${record.what}` }, make("h3", { dir: "auto" }, link), facts, text);
  };
})();
