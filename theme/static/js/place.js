/* Where the reader is: the current part in the table of contents, and the comment in a long discussion.
   Nothing is moved here; comments.js does that. Without a script the table of contents leads everywhere. */
(() => {
  "use strict";

  const TOP = 80; /* Pixels below the window's top: what ends above them has been read. */

  /* The parts that the contents name, in their order on the page. */
  const parts = [...document.querySelectorAll("[data-contents] a")]
    .filter((link) => link.pathname === location.pathname && link.hash)
    .map((link) => ({ link, part: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ part }) => part);

  const markPart = () => {
    const line = innerHeight / 3;
    const isEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const passed = parts.filter(({ part }) => part.getBoundingClientRect().top <= line);
    const here = isEnd ? parts[parts.length - 1] : passed[passed.length - 1] || parts[0];
    for (const one of parts) {
      if (one === here) one.link.setAttribute("aria-current", "location");
      else one.link.removeAttribute("aria-current");
    }
  };

  /* The discussion, as it is shown now: in any order, and without what is folded or left out. The page
     itself is asked nothing that would make the browser lay out what it has left for later. */
  const bar = document.querySelector("[data-place]");
  const discussion = bar && bar.closest(".discussion");
  let all = 0;
  let shown = null;

  const read = () => {
    const comments = [...discussion.querySelectorAll(".comment")];
    all = comments.length;
    shown = comments.filter((one) => !one.closest("details:not([open]), [hidden]"));
  };

  /* The first that does not end above the line; they stand one below the other. */
  const find = () => {
    let [low, high] = [0, shown.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shown[middle].getBoundingClientRect().bottom > TOP) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  const number = new Intl.NumberFormat("en");
  const markComment = () => {
    if (discussion.getBoundingClientRect().top > innerHeight) return;
    if (!shown) read();
    if (!shown.length) return;
    const place = find();
    const isWhole = shown.length === all;
    const first = Number(bar.dataset.first);
    const total = isWhole ? Number(bar.dataset.total) : shown.length;
    const at = isWhole ? first + place : place + 1;
    const words = `${number.format(at)} of ${number.format(total)}${isWhole ? "" : " shown"}`;
    bar.querySelector("[data-place-words]").textContent = words;
    bar.querySelector("[data-place-line]").style.transform = `scaleX(${(place + 1) / shown.length})`;
    const parent = bar.querySelector("[data-move=parent]");
    parent.setAttribute("aria-disabled", String(!shown[place].querySelector("a.reply")));
  };

  let waits = false;
  const update = () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      if (parts.length) markPart();
      if (bar) markComment();
    });
  };

  if (bar) {
    const changed = () => {
      shown = null;
      update();
    };
    discussion.addEventListener("toggle", changed, true);
    const list = discussion.querySelector("[data-comments]");
    if (list) new MutationObserver(changed).observe(list, { attributeFilter: ["hidden"], childList: true, subtree: true });
  }
  addEventListener("scroll", update, { passive: true });
  addEventListener("resize", update, { passive: true });
  update();
})();
