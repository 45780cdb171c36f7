/* Find records in the index: small scripts in the folder search/, each loaded when it is needed.
   `search.load(name)` loads one; the page gives it. A classic script: nothing is fetched at file://. */
(() => {
  "use strict";

  const search = globalThis.annotatedArchiveSearch;
  const KEPT = 400;
  const LAST = "()*+,-./:;=>?@";
  const MORE = "#$%'[]^_`{|}~";
  const VALUES = new Int8Array(128);
  [...LAST].forEach((sign, at) => (VALUES[sign.charCodeAt(0)] = at));
  [...MORE].forEach((sign, at) => (VALUES[sign.charCodeAt(0)] = -at - 1));
  /* Stands between neighbours in a list, so that two names do not read as one. */
  const BETWEEN = "\ua66e";
  const HEAD = "!".charCodeAt(0);

  /* What a match is worth. */
  const EXACT = { text: 4, head: 8 };
  const START = { text: 1, head: 3 };

  const shards = new Map();
  const asked = new Map();
  let count = 0;
  let families = {};
  let textFirsts = [];
  let parts = [];

  const each = (list, worth, visit) => {
    let number = -1;
    let rest = 0;
    let value = worth.text;
    for (let at = 0; at < list.length; at++) {
      const sign = list.charCodeAt(at);
      if (sign === HEAD) {
        number = -1;
        value = worth.head;
        continue;
      }
      const part = VALUES[sign];
      if (part < 0) rest = rest * MORE.length - part;
      else {
        number += rest * LAST.length + part + 1;
        rest = 0;
        visit(number, value);
      }
    }
  };

  /* Called by the manifest and by the shards. */
  search.start = (total, manifest, lengths, further) => {
    count = total;
    families = Object.fromEntries(Object.entries(manifest).map(([family, firsts]) => [family, firsts ? firsts.split(` ${BETWEEN} `) : []]));
    textFirsts = [0];
    for (const length of lengths) textFirsts.push(textFirsts.at(-1) + length);
    parts = [];
    each(further, { text: 1 }, (number) => parts.push(number));
  };
  search.add = (family, number, ...values) => {
    const name = `${family}-${number}`;
    if (family === "texts") shards.set(name, { items: values[0], records: values[1] });
    else {
      const [terms, lists, names] = values;
      const listed = terms.split(" ");
      const all = lists.split(" ");
      const shown = names?.split(`\n${BETWEEN}\n`);
      shards.set(
        name,
        all.map((list, at) => ({ term: listed[2 * at], count: Number(listed[2 * at + 1]), list, name: shown?.[at] })),
      );
    }
    for (const old of shards.keys()) {
      if (shards.size <= KEPT) break;
      shards.delete(old);
    }
  };

  const shard = async (family, number) => {
    const name = `${family}-${number}`;
    if (!shards.has(name)) {
      if (!asked.has(name)) asked.set(name, search.load(name).finally(() => asked.delete(name)));
      await asked.get(name);
    }
    return shards.get(name);
  };

  /* Return how many of the sorted terms stand before another. */
  const before = (firsts, term, orSame) => {
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] < term || (orSame && firsts[middle] === term)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /* Return the entries of a family from one term up to another, both included. */
  const entries = async (family, low, high = low) => {
    const firsts = families[family] ?? [];
    const first = Math.max(before(firsts, low) - 1, 0);
    const numbers = [];
    for (let number = first; number < before(firsts, high, true); number++) numbers.push(number);
    const found = await Promise.all(numbers.map((number) => shard(family, number)));
    return found.flat().filter((one) => one.term >= low && one.term <= high);
  };
  const starting = (family, start) => entries(family, start, `${start}\uffff`);

  /* Return the lists of a term, each with what a match in it is worth. Beginnings of very many words
     have a list of their own. */
  const lists = async ({ term, starts }) => {
    const exact = (one) => [one.list, one.term === term ? EXACT : START];
    if (!starts) return (await entries("words", term)).map(exact);
    const firsts = families.words ?? [];
    const filled = before(firsts, `${term}\uffff`, true) - before(firsts, term);
    if (filled < 2) return (await starting("words", term)).map(exact);
    const [own, all] = await Promise.all([entries("words", term), entries("starts", term)]);
    return [...own.map(exact), ...all.map((one) => [one.list, START])];
  };

  /* Return the entries of a filter's value; of a name without a namesake, those that begin so. */
  const chosen = async (family, key) => {
    const found = await starting(family, key);
    const same = found.filter((one) => one.term === key);
    return same.length ? same : found;
  };

  const filterLists = ({ what, author, tag, kind, from, to }) => {
    const asks = [];
    if (what) asks.push(entries("kinds", what));
    if (kind) asks.push(entries("kinds", kind));
    if (author) asks.push(chosen("authors", search.keyOf(author)));
    if (tag) asks.push(chosen("tags", search.keyOf(tag)));
    if (from || to) asks.push(entries("days", from || "0", `${to || "9"}\uffff`));
    return asks;
  };

  /* Return for each record the place of its day among all days, from 1; 0 where it has none. */
  const ages = async () => {
    const found = new Uint32Array(count);
    for (const [at, one] of (await entries("days", "", "\uffff")).entries()) {
      each(one.list, { text: at + 1 }, (number, age) => (found[number] = age));
    }
    return found;
  };

  /* Leave of an article in several parts the best part only. */
  const joined = (numbers, rank) => {
    const further = new Set(parts);
    const best = new Map();
    const whole = (number) => {
      while (further.has(number)) number++;
      return number;
    };
    for (const number of numbers) {
      const id = whole(number);
      const other = best.get(id);
      if (other === undefined || rank[number] >= rank[other]) best.set(id, number);
    }
    return numbers.filter((number) => best.get(whole(number)) === number);
  };

  /* Return the numbers of all records that fit, the best first, the newest first of those alike. */
  search.find = async (query, filters, order = "") => {
    const byDay = order || !query.terms.length;
    const [found, filtered, out, days] = await Promise.all([
      Promise.all(query.terms.map(lists)),
      Promise.all(filterLists(filters)),
      Promise.all(query.out.map((term) => entries("words", term))),
      byDay ? ages() : null,
    ]);
    const rank = new Uint32Array(count);
    const met = new Uint8Array(count);
    let steps = 0;
    for (const term of found) {
      const best = new Uint8Array(count);
      const note = (number, value) => {
        if (best[number] < value) best[number] = value;
      };
      for (const [list, worth] of term) each(list, worth, note);
      for (let number = 0; number < count; number++) {
        if (best[number] && met[number] === steps) {
          met[number]++;
          rank[number] += best[number];
        }
      }
      steps++;
    }
    const one = { text: 1, head: 1 };
    for (const group of filtered) {
      const fits = new Uint8Array(count);
      for (const { list } of group) each(list, one, (number) => (fits[number] = 1));
      for (let number = 0; number < count; number++) if (fits[number] && met[number] === steps) met[number]++;
      steps++;
    }
    for (const { list } of out.flat()) each(list, one, (number) => (met[number] = 255));
    const keys = [];
    const by = days ?? rank;
    for (let number = 0; number < count; number++) {
      if (met[number] === steps) keys.push(by[number] * 2 ** 24 + number);
    }
    let numbers = Array.from(Float64Array.from(keys).sort().reverse(), (key) => key % 2 ** 24);
    if (order === "oldest") {
      const dated = numbers.filter((number) => days[number]).reverse();
      numbers = [...dated, ...numbers.filter((number) => !days[number])];
    }
    return { numbers: parts.length ? joined(numbers, rank) : numbers, rank };
  };

  /* Return how many shards of texts hold some records. */
  search.spread = (numbers) => new Set(numbers.map((number) => before(textFirsts, number, true))).size;

  /* Return all that a result shows of a record. */
  search.record = async (number) => {
    const at = before(textFirsts, number, true) - 1;
    const { items, records } = await shard("texts", at);
    const [item, what, kind, authors, folded, day, title, texts] = records[number - textFirsts[at]];
    const [url, of] = items[item];
    const passages = [];
    const folds = new Set(folded || []);
    for (let place = 0; place < texts.length; place += 2) {
      passages.push({ address: texts[place], text: texts[place + 1], isFolded: folds.has(place / 2) });
    }
    return { number, url, of, title, what, kind, authors, day, passages };
  };

  /* Return names of a family that begin as typed, those of most records first. */
  search.names = async (family, typed, most = 12) => {
    const key = search.fold(typed).trim() ? search.keyOf(typed) : "";
    const found = await starting(family, key);
    return found.sort((one, other) => other.count - one.count).slice(0, most);
  };
})();
