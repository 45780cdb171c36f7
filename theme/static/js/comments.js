/* Comments: their order, the ways among them by keyboard, their permanent addresses.
   A classic script: modules do not load at file://. Without it they stand as captured, and every link works. */
(() => {
  "use strict";

  const discussion = document.querySelector(".discussion");
  if (!discussion) return;
  const list = discussion.querySelector("[data-comments]");
  const threads = list ? [...list.children] : [];
  const tools = discussion.querySelector("[data-order-tools]");
  const select = tools && tools.querySelector("select");
  const only = tools && tools.querySelector("input[name=only]");
  const fold = tools && tools.querySelector("[data-fold]");
  const pages = [...discussion.querySelectorAll(".comment-pages a")];
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /* The permanent address of a place: below the item's own page, whatever page of comments it is on. */
  const permanent = (id) => {
    const address = new URL(discussion.dataset.discussion, location.href);
    address.search = "";
    address.hash = id;
    return address.href;
  };

  /* The item's own page knows every comment; one of a further page leads on to it. */
  const lead = () => {
    const place = document.getElementById(location.hash.slice(1));
    if (place && place.matches(".further a, .elsewhere")) {
      const link = place.matches("a") ? place : place.querySelector("a");
      const address = new URL(link.href);
      address.search = location.search;
      location.replace(address.href);
      return;
    }
    if (!place || !discussion.contains(place)) return;
    const thread = place.closest("[data-comments] > li");
    const hidden = thread && thread.hidden;
    if (hidden) thread.hidden = false;
    let opened = false;
    for (let one = place.parentElement; one; one = one.parentElement) {
      if (one.localName === "details" && !one.open) opened = one.open = true;
    }
    if (hidden || opened) place.scrollIntoView();
  };

  /* Order. */
  const comment = (thread) => thread.querySelector(".comment");
  const time = (thread) => {
    const stamp = comment(thread).querySelector("time[datetime]");
    return stamp ? Date.parse(stamp.dateTime) : NaN;
  };
  const author = (thread) => comment(thread).querySelector("h3").textContent.trim();
  const facts = new Map();
  const fact = (thread, what) => {
    if (!facts.has(thread)) facts.set(thread, { place: facts.size, time: time(thread), author: author(thread) });
    return facts.get(thread)[what];
  };
  const byTime = (sign) => (one, other) => {
    const [first, second] = [fact(one, "time"), fact(other, "time")];
    if (Number.isNaN(first) || Number.isNaN(second)) return Number.isNaN(first) - Number.isNaN(second) || fact(one, "place") - fact(other, "place");
    return sign * (first - second) || fact(one, "place") - fact(other, "place");
  };
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { sensitivity: "base" });
  const orders = {
    captured: (one, other) => fact(one, "place") - fact(other, "place"),
    oldest: byTime(1),
    newest: byTime(-1),
    author: (one, other) => collator.compare(fact(one, "author"), fact(other, "author")) || fact(one, "place") - fact(other, "place"),
  };
  const isAnnotated = (thread) => thread.querySelector(".note-box, .note-also, mark") !== null;

  const say = () => {
    const words = [];
    if (select.value !== "captured") words.push(select.selectedOptions[0].textContent);
    const shown = threads.filter((thread) => !thread.hidden).length;
    if (only && only.checked) words.push(`${shown} of ${threads.length} shown`);
    const here = pages.findIndex((link) => link.hasAttribute("aria-current"));
    const count = new Set(pages.map((link) => link.pathname)).size;
    if (words.length && count > 1) words.push(`within page ${here + 1} of ${count}`);
    const text = words.join(", ");
    tools.querySelector("[data-order-status]").textContent = text && `${text[0].toUpperCase()}${text.slice(1)}.`;
  };

  const arrange = () => {
    threads.forEach((thread) => fact(thread, "place"));
    list.append(...[...threads].sort(orders[select.value]));
    for (const thread of threads) thread.hidden = Boolean(only && only.checked && !isAnnotated(thread));
    say();
  };

  /* The choice is kept in the address, and taken along to the other pages of comments. */
  const keep = () => {
    const query = new URLSearchParams(location.search);
    if (select.value === "captured") query.delete("order");
    else query.set("order", select.value);
    if (only && only.checked) query.set("only", "annotated");
    else query.delete("only");
    const search = query.size ? `?${query}` : "";
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
    carry(search);
  };
  const carry = (search) => {
    for (const link of pages) link.search = search;
  };

  const start = () => {
    const query = new URLSearchParams(location.search);
    const asked = query.get("order");
    if (Object.hasOwn(orders, asked || "")) select.value = asked;
    else select.value = "captured";
    if (only) only.checked = query.get("only") === "annotated";
    if (select.value !== "captured" || (only && only.checked)) arrange();
    carry(location.search);
  };

  if (tools && threads.length) {
    select.addEventListener("change", () => {
      arrange();
      keep();
    });
    if (only) {
      only.addEventListener("change", () => {
        arrange();
        keep();
      });
    }
    if (fold) {
      fold.addEventListener("click", () => {
        const folds = [...list.querySelectorAll("details.answers")];
        const open = fold.dataset.fold === "none";
        for (const one of folds) one.open = open;
        fold.dataset.fold = open ? "all" : "none";
        fold.textContent = open ? "Fold answers" : "Unfold answers";
      });
    }
    start();
  }

  /* The ways among comments: next, previous, and the one that is answered. */
  const visible = () => [...discussion.querySelectorAll(".comment")].filter((one) => !one.closest("[hidden], details:not([open])"));
  const current = () => {
    const focused = document.activeElement && document.activeElement.closest(".comment");
    if (focused && discussion.contains(focused)) return focused;
    return visible().find((one) => one.getBoundingClientRect().bottom > 80) || null;
  };
  const go = (place) => {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
  };
  const moves = {
    next: (here) => {
      const all = visible();
      const place = all[all.indexOf(here) + 1];
      const further = pages.find((link) => link.rel === "next");
      if (place) go(place);
      else if (further) location.href = further.href;
    },
    previous: (here) => {
      const all = visible();
      const place = all[all.indexOf(here) - 1];
      const earlier = pages.find((link) => link.rel === "prev");
      if (place) go(place);
      else if (earlier) location.href = earlier.href;
    },
    parent: (here) => {
      const link = here.querySelector("a.reply");
      if (!link) return;
      const place = link.pathname === location.pathname ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
      if (place && place.matches(".comment")) go(place);
      else link.click();
    },
  };
  const move = (way) => {
    const here = current();
    if (here) moves[way](here);
  };
  const keys = { n: "next", j: "next", p: "previous", k: "previous", u: "parent" };

  /* Keys of one letter act only where a comment has the focus (WCAG 2.1.4). */
  discussion.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!event.target.closest(".comment") || event.target.closest("input, select, textarea, [contenteditable]")) return;
    const way = keys[event.key.toLowerCase()];
    if (!way) return;
    event.preventDefault();
    move(way);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button) move(button.dataset.move);
  });

  /* One click on a permanent link copies it, and puts it into the address. */
  const told = document.createElement("span");
  told.className = "copied";
  told.setAttribute("role", "status");
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.permalink, a.note-link");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const id = decodeURIComponent(link.hash.slice(1));
    const place = document.getElementById(id);
    if (!place || !link.closest(`#${CSS.escape(id)}`)) return;
    event.preventDefault();
    /* Not by replaceState: only a true navigation makes the place the target. */
    location.hash = id;
    link.after(told);
    told.textContent = "";
    const done = await globalThis.archiveCopy(permanent(id));
    told.textContent = done ? "Link copied" : permanent(id);
  });

  lead();
  addEventListener("hashchange", lead);
})();
