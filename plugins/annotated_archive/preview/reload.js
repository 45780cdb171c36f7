// Reload the page when there is a newer build, and show the same place of it.
(() => {
  "use strict";

  const own = new URL(document.currentScript.src);
  const store = "annotated-archive:preview-place";
  const framesToSettle = 20;
  const often = 150;
  const seldom = 1000;
  let version = own.searchParams.get("version");
  let timer = null;

  // The place ---------------------------------------------------------------------------------

  const boxes = () => [...document.querySelectorAll("details")];

  // A name that outlives an edit elsewhere in the page: the nearest id, and which of its kind below.
  const nameOf = (element) => {
    const home = element.closest("[id]");
    const within = home ?? document.body;
    const tag = element.localName;
    const count = element === home ? -1 : [...within.querySelectorAll(tag)].indexOf(element);
    return [home ? home.id : "", tag, count];
  };

  const named = ([id, tag, count]) => {
    const home = id ? document.getElementById(id) : document.body;
    if (!home || count < 0) {
      return home;
    }
    return home.querySelectorAll(tag)[count] ?? null;
  };

  // Ids that are in the window, from its top; the one that holds the top edge comes last.
  const marks = () => {
    const seen = [];
    let above = null;
    for (const element of document.querySelectorAll("body [id]")) {
      if (element.closest("#annotated-archive-problems")) {
        continue;
      }
      const box = element.getBoundingClientRect();
      if (box.height === 0 || box.top > window.innerHeight) {
        continue;
      }
      if (box.top >= 0) {
        seen.push([element.id, box.top]);
      } else if (box.bottom > 0) {
        above = [element.id, box.top];
      }
    }
    seen.sort((one, other) => one[1] - other[1]);
    return above ? [...seen.slice(0, 12), above] : seen.slice(0, 12);
  };

  const keep = () => {
    const active = document.activeElement;
    const place = {
      address: location.pathname,
      top: window.scrollY,
      marks: window.scrollY > 0 ? marks() : [],
      boxes: boxes().map((box) => [nameOf(box), box.open]),
      focus: active && active !== document.body ? nameOf(active) : null,
    };
    try {
      sessionStorage.setItem(store, JSON.stringify(place));
    } catch {
      // Without a store the page is shown from where the browser shows it.
    }
  };

  const kept = () => {
    try {
      const place = JSON.parse(sessionStorage.getItem(store));
      sessionStorage.removeItem(store);
      return place && place.address === location.pathname ? place : null;
    } catch {
      return null;
    }
  };

  const scroll = (place) => {
    const mark = place.marks.find(([id]) => document.getElementById(id));
    if (!mark) {
      window.scrollTo({ top: place.top, behavior: "instant" });
      return;
    }
    const moved = document.getElementById(mark[0]).getBoundingClientRect().top - mark[1];
    if (Math.abs(moved) >= 1) {
      window.scrollBy({ top: moved, behavior: "instant" });
    }
  };

  const restore = (place) => {
    for (const [name, open] of place.boxes) {
      const box = named(name);
      if (box instanceof HTMLDetailsElement && box.open !== open) {
        box.open = open;
      }
    }
    if (place.focus) {
      named(place.focus)?.focus({ preventScroll: true });
    }
    // What is above is laid out bit by bit, so the place is found again until it rests.
    let frames = 0;
    let mine = true;
    const leave = () => {
      mine = false;
    };
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      window.addEventListener(kind, leave, { once: true, passive: true });
    }
    const settle = () => {
      if (!mine) {
        history.scrollRestoration = "auto";
        return;
      }
      scroll(place);
      frames += document.readyState === "complete" ? 1 : 0;
      if (frames < framesToSettle) {
        requestAnimationFrame(settle);
      } else {
        history.scrollRestoration = "auto";
        document.documentElement.dataset.annotatedArchivePreview = "ready";
      }
    };
    settle();
  };

  // The builds --------------------------------------------------------------------------------

  const reload = () => {
    keep();
    history.scrollRestoration = "manual";
    location.reload();
  };

  const swapSheets = () => {
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) {
        continue;
      }
      address.searchParams.set("version", version);
      const next = old.cloneNode();
      next.href = address.href;
      next.addEventListener("load", () => old.remove(), { once: true });
      next.addEventListener("error", () => next.remove(), { once: true });
      old.after(next);
    }
  };

  // A page asks, and holds no connection open: a browser has six for one host, and people many tabs.
  const ask = async () => {
    timer = null;
    let pause = often;
    try {
      const answer = await fetch(new URL(`news?version=${version}`, own));
      const [news, newest] = (await answer.text()).split(" ");
      if (news === "page") {
        reload();
        return;
      }
      if (news === "sheets") {
        version = newest;
        swapSheets();
      }
    } catch {
      pause = seldom; // the server has ended, or begins anew
    }
    timer = document.hidden ? null : setTimeout(ask, pause);
  };

  const askNow = () => {
    if (!document.hidden) {
      clearTimeout(timer);
      ask();
    }
  };

  const start = () => {
    const place = kept();
    if (place) {
      restore(place);
    } else {
      document.documentElement.dataset.annotatedArchivePreview = "ready";
    }
    document.addEventListener("visibilitychange", askNow);
    askNow();
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start, { once: true });
  } else {
    start();
  }
})();
