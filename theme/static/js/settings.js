/* The reader's settings, kept from page to page. This runs before the page is drawn, so that none flashes.
   At file:// Firefox keeps a storage for each file and one jar of cookies, Chromium one storage and no
   cookies. So a choice is written to both, and the cookie, where there is one, is the newer. */
(() => {
  "use strict";

  const KEY = "annotated-archive:settings";
  const OPTIONS = {
    scheme: ["light", "dark"],
    size: ["small", "large", "larger", "largest"],
    face: ["sans"],
  };
  const root = document.documentElement;
  root.dataset.scripted = "";

  const stored = () => {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${KEY}=`));
    if (cookie) return cookie.slice(KEY.length + 1);
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return ""; /* The reader has forbidden it. */
    }
  };

  const keep = (choice) => {
    const words = Object.entries(choice).map((pair) => pair.join(".")).join("~");
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${KEY}=${words}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    try {
      localStorage.setItem(KEY, words);
    } catch {
      /* The choice holds for this page. */
    }
  };

  const read = () => {
    const found = Object.fromEntries(stored().split("~").map((pair) => pair.split(".")));
    return Object.fromEntries(
      Object.entries(OPTIONS).map(([name, values]) => [name, values.includes(found[name]) ? found[name] : ""]),
    );
  };

  /* The colours of the browser's own bars: those of the system, unless the reader has chosen. */
  const colour = (scheme) => {
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.dataset.media ??= meta.media;
      meta.media = !scheme ? meta.dataset.media : meta.dataset.media.includes(scheme) ? "all" : "not all";
    }
  };

  const apply = () => {
    const choice = read();
    for (const [name, value] of Object.entries(choice)) {
      if (value) root.dataset[name] = value;
      else delete root.dataset[name];
      const input = document.querySelector(`input[name="reading-${name}"][value="${value}"]`);
      if (input) input.checked = true;
    }
    colour(choice.scheme);
  };

  apply();
  /* Also when the browser shows again a page that it kept. */
  addEventListener("pageshow", apply);
  addEventListener("DOMContentLoaded", apply);
  addEventListener("storage", apply);
  addEventListener("change", ({ target }) => {
    const name = target.name?.startsWith("reading-") && target.name.slice("reading-".length);
    if (!name) return;
    keep({ ...read(), [name]: target.value });
    apply();
  });

  /* What unfolds from the masthead folds again by Escape, and by a press elsewhere. */
  const unfolded = () => document.querySelector(".masthead details[open]");
  addEventListener("keydown", ({ key }) => {
    const open = key === "Escape" && unfolded();
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  addEventListener("click", ({ target }) => {
    const open = unfolded();
    if (open && !open.contains(target)) open.open = false;
  });
})();
