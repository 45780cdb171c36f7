/* Search as the reader types; the address keeps what is asked, so that it can be linked to and Back works.
   A classic script: modules do not load at file://. */
(() => {
  "use strict";

  const search = globalThis.annotatedArchiveSearch;
  const by = (id) => document.getElementById(`search-${id}`);
  const form = document.getElementById("search");
  const words = by("words");
  const [filters, found, start, list, more, status, heading] = ["filters", "found", "start", "results", "more", "status", "count"].map(by);
  const fields = [...form.elements].filter((field) => field.name);
  const kinds = new Map([...(by("kind")?.options ?? [])].map((option) => [option.value, option.text]));
  const PAGE = 20;
  const LOOKED = 400;
  const DAY = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

  search.load ??= (name) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = `search/${name}.js`;
      script.charset = "utf-8";
      script.onload = () => done(script.remove());
      script.onerror = () => failed(new Error(`search/${name}.js`));
      document.head.append(script);
    });

  const asked = () => Object.fromEntries(fields.map((field) => [field.name, field.name === "q" ? field.value : field.value.trim()]));

  const fill = () => {
    const parameters = new URLSearchParams(location.search);
    for (const field of fields) field.value = parameters.get(field.name) ?? "";
    /* A select has no value that is not among its options. */
    for (const field of fields) if (field.selectedIndex === -1) field.selectedIndex = 0;
  };

  let kept;
  const keep = (state) => {
    clearTimeout(kept);
    kept = setTimeout(() => {
      const given = Object.entries(state).filter(([, value]) => value.trim());
      const query = new URLSearchParams(given).toString();
      if (query !== location.search.slice(1)) history.replaceState(null, "", query ? `?${query}` : location.pathname);
    }, 250);
  };

  /* A screen reader hears the count once typing pauses. */
  let said;
  const say = (text) => {
    heading.textContent = text;
    clearTimeout(said);
    said = setTimeout(() => (status.textContent = text), 600);
  };

  const number = (value) => value.toLocaleString("en");
  const plural = (value) => `${number(value)} ${value === 1 ? "result" : "results"}`;

  let turn = 0;
  let state = null;

  /* Of the best few, those stand first whose words stand closest together. */
  const nearer = async (query, numbers, rank) => {
    const window = numbers.slice(0, PAGE + 10);
    if (query.terms.length < 2 || search.spread(window) > 12) return numbers;
    const records = await Promise.all(window.map(search.record));
    const distance = (record) => {
      const near = record.passages.map((one) => search.nearest(search.spans(query, one.text))).filter(Boolean);
      const most = Math.max(0, ...near.map((one) => one.most));
      return Math.min(...near.filter((one) => one.most === most).map((one) => one.length), 1e6) - most * 1e6;
    };
    const distances = new Map(records.map((record) => [record.number, distance(record)]));
    window.sort((one, other) => rank[other] - rank[one] || distances.get(one) - distances.get(other));
    return [...window, ...numbers.slice(window.length)];
  };

  /* Return the next records to show; of those with phrases, only what really has them. */
  const next = async (current) => {
    const taken = [];
    const until = Math.min(current.at + (current.query.phrases.length ? LOOKED : PAGE), current.numbers.length);
    while (taken.length < PAGE && current.at < until) {
      const some = current.numbers.slice(current.at, Math.min(current.at + PAGE - taken.length, until));
      const records = await Promise.all(some.map(search.record));
      current.at += some.length;
      taken.push(...records.filter((record) => search.verify(current.query, record)));
    }
    current.shown += taken.length;
    return taken;
  };

  const count = (current) => {
    const { at, numbers, query, shown } = current;
    if (!query.phrases.length) return numbers.length ? plural(numbers.length) : "Nothing found";
    if (at >= numbers.length) return shown ? plural(shown) : "Nothing found";
    return `${plural(shown)} in the first ${number(at)} of ${number(numbers.length)} texts with these words`;
  };

  const show = async (current, focused) => {
    const records = await next(current);
    if (current.turn !== turn) return;
    const rows = records.map((record) => search.result(record, current.query, kinds));
    if (focused) list.append(...rows);
    else list.replaceChildren(...rows);
    const left = current.numbers.length - current.at;
    more.hidden = left <= 0;
    more.textContent = current.query.phrases.length ? "Look further" : `Show ${Math.min(PAGE, left)} more`;
    found.hidden = false;
    start.hidden = true;
    say(count(current));
    if (focused) (rows[0]?.querySelector("a") ?? (more.hidden ? words : more)).focus();
    list.dataset.answered = current.typed;
  };

  /* Return the filters that are set; of days, only what can be one. */
  const filtersOf = (given) => {
    const days = {};
    for (const name of ["from", "to"]) {
      const isDay = !given[name] || DAY.test(given[name]);
      by(name).setAttribute("aria-invalid", String(!isDay));
      days[name] = isDay ? given[name] : "";
    }
    return { ...given, ...days };
  };

  const run = async () => {
    const mine = ++turn;
    const given = asked();
    keep(given);
    const query = search.parse(given.q);
    const chosen = filtersOf(given);
    const set = fields.filter((field) => field !== words && field.value.trim()).length;
    by("set").textContent = set ? `${set} set` : "";
    const isEmpty = !query.terms.length && !["what", "kind", "author", "tag", "from", "to"].some((name) => chosen[name]);
    if (isEmpty) {
      found.hidden = true;
      start.hidden = false;
      list.replaceChildren();
      say("");
      list.dataset.answered = given.q;
      return;
    }
    try {
      const { numbers, rank } = await search.find(query, chosen, given.order);
      if (mine !== turn) return;
      const ordered = given.order ? numbers : await nearer(query, numbers, rank);
      if (mine !== turn) return;
      state = { turn: mine, typed: given.q, query, numbers: ordered, at: 0, shown: 0 };
      await show(state, false);
    } catch (error) {
      if (mine !== turn) return;
      found.hidden = false;
      say(`The index cannot be read: ${error.message} is missing or damaged`);
    }
  };

  const suggest = (field, family) => {
    const names = by(`${family}`);
    const renew = async () => {
      try {
        const some = await search.names(family, field.value);
        names.replaceChildren(...some.map((one) => new Option(`${number(one.count)}`, one.name)));
      } catch {
        names.replaceChildren();
      }
    };
    field.addEventListener("input", renew);
    field.addEventListener("focus", renew);
  };

  /* Arrows move among the results; Escape and / lead back to the words. */
  const move = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const links = [...list.querySelectorAll("h3 a")];
    const at = links.indexOf(document.activeElement);
    const onWords = document.activeElement === words;
    const to = (target) => {
      if (!target) return;
      event.preventDefault();
      target.focus();
    };
    if (event.key === "ArrowDown" && (onWords || at >= 0)) to(links[at + 1] ?? (more.hidden ? null : more));
    if (event.key === "ArrowUp" && at >= 0) to(links[at - 1] ?? words);
    if (event.key === "ArrowUp" && document.activeElement === more) to(links.at(-1));
    if (event.key === "Escape" && (at >= 0 || document.activeElement === more)) to(words);
    const isTyping = document.activeElement.matches("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !isTyping) to(words);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  for (const field of fields) field.addEventListener("input", run);
  more.addEventListener("click", () => show(state, true));
  by("clear").addEventListener("click", () => {
    for (const field of fields) field.value = "";
    words.focus();
    run();
  });
  document.getElementById("main").addEventListener("keydown", move);
  addEventListener("popstate", () => {
    fill();
    run();
  });
  suggest(by("author"), "authors");
  suggest(by("tag"), "tags");

  fill();
  const isWide = matchMedia("(width >= 64rem)");
  filters.open = isWide.matches;
  isWide.addEventListener("change", () => (filters.open = isWide.matches || filters.open));
  /* The first word is answered sooner when expressions are compiled before it is typed. */
  setTimeout(() => search.spans(search.parse("a é 京"), "a é 京"), 50);
  if (location.search) run();
  else if (matchMedia("(hover: hover)").matches) words.focus({ preventScroll: true });
})();
