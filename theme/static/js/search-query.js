/* Read what a person typed into words that must be there, words that must not, and phrases; and find
   them again in a text. A classic script: modules do not load at file://. */
(() => {
  "use strict";

  const search = globalThis.annotatedArchiveSearch;
  const { fold, words, foldWithOffsets } = search;

  /* Return the words of a text in one row, parted by spaces, so that a phrase can be looked for. */
  const row = (text) => ` ${[...words(fold(text))].map((word) => word.run ?? word.terms[0]).join(" ")} `;

  const phrase = (quoted, isOut) => {
    const found = [...words(fold(quoted))];
    if (!found.length) return null;
    const open = found[0].run ? "" : " ";
    const close = found.at(-1).run ? "" : " ";
    return { row: open + row(quoted).trim() + close, isOut };
  };

  /* Return the terms of one word: all pairs of a run of signs without spaces, else the fullest term. */
  const termsOf = (word) => {
    if (!word.run) return [word.call ? (word.terms.find((term) => term[0] === word.call) ?? word.terms[0]) : word.terms[0]];
    return word.terms.length > 1 ? word.terms.slice(0, -1) : word.terms;
  };

  /* Return a query: *terms* that must all be there, *runs* of signs, *phrases*, and words *out*.
     A term is also found as the beginning of a word, unless it is one letter that others follow. */
  search.parse = (typed) => {
    const query = { terms: [], runs: [], phrases: [], out: [] };
    const parts = [...typed.replace(/[“”„‟«»＂]/g, '"').matchAll(/(-?)"([^"]*)"?|(\S+)/g)];
    for (const [at, [, minus, quoted, word]] of parts.entries()) {
      if (quoted !== undefined) {
        const one = phrase(quoted, Boolean(minus));
        if (one) query.phrases.push(one);
        for (const found of one && !minus ? words(fold(quoted)) : []) {
          if (found.run) query.runs.push(found.run);
          query.terms.push(...termsOf(found).map((term) => ({ term, starts: Boolean(found.run) && term.length < 2 })));
        }
        continue;
      }
      const isOut = /^-\S/.test(word);
      const found = [...words(fold(isOut ? word.slice(1) : word))];
      if (isOut) {
        query.out.push(...found.flatMap(termsOf));
        continue;
      }
      const isLast = at === parts.length - 1 && !/\s$/.test(typed);
      for (const one of found) {
        if (one.run) query.runs.push(one.run);
        const ends = isLast && one === found.at(-1);
        query.terms.push(...termsOf(one).map((term) => ({ term, starts: ends || Boolean(one.run) || term.length > 1 })));
      }
    }
    const seen = new Map();
    for (const one of query.terms) seen.set(one.term, { ...one, starts: one.starts || Boolean(seen.get(one.term)?.starts) });
    query.terms = [...seen.values()];
    return query;
  };

  const hits = (word, one) => word.terms.some((term) => term === one.term || (one.starts && term.startsWith(one.term)));

  /* Tell whether a record has the phrases that it must have, and none that it must not. */
  search.verify = (query, record) => {
    if (!query.phrases.length) return true;
    const titles = record.what === "article" ? [record.of] : [record.title];
    const rows = [...titles, record.authors, ...record.passages.map((one) => one.text)].map(row);
    return query.phrases.every((one) => rows.some((text) => text.includes(one.row)) !== one.isOut);
  };

  /* Return where the words of a query stand in a text: [start, end, index of the term] each, in order. */
  search.spans = (query, text) => {
    const { folded, offsets } = foldWithOffsets(text);
    const back = (unit) => (offsets ? offsets[unit] : unit);
    /* The end of a character of the original: where the next one begins. */
    const end = (unit) => {
      if (!offsets) return unit;
      let next = unit;
      while (next < folded.length && offsets[next] === offsets[unit - 1]) next++;
      return offsets[next];
    };
    const found = [];
    for (const word of words(folded)) {
      if (word.run) {
        for (const run of query.runs) {
          for (let at = word.run.indexOf(run); at >= 0; at = word.run.indexOf(run, at + run.length)) {
            const start = word.start + at;
            found.push([back(start), end(start + run.length), run]);
          }
        }
        continue;
      }
      const term = query.terms.findIndex((one) => hits(word, one));
      if (term >= 0) found.push([back(word.start), end(word.end), query.terms[term].term]);
    }
    return found.sort((one, other) => one[0] - other[0]);
  };

  /* Return the shortest stretch of a text that has as many different words of the query as any:
     how many, its length, and where it begins and ends; null where there is none. */
  search.nearest = (spans) => {
    const most = new Set(spans.map(([, , term]) => term)).size;
    if (!most) return null;
    const held = new Map();
    let best = null;
    let first = 0;
    for (const [, end, term] of spans) {
      held.set(term, (held.get(term) ?? 0) + 1);
      while (held.size === most) {
        const [start, , left] = spans[first];
        if (!best || end - start < best.length) best = { most, length: end - start, start, end };
        const rest = held.get(left) - 1;
        if (rest) held.set(left, rest);
        else held.delete(left);
        first++;
      }
    }
    return best;
  };
})();
