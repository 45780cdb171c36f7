/* Say how an item, a comment or a note is cited, in the words of citations.py and citation_formats.py:
   shared vectors hold both to the same texts. It touches no page, so that it can be tried without one. */
(() => {
  "use strict";

  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const RIS = { "post-weblog": "BLOG", "article-newspaper": "NEWS", post: "ICOMM", webpage: "ELEC" };
  const TEX = {
    "\\": "{\\textbackslash}",
    "{": "{\\textbraceleft}",
    "}": "{\\textbraceright}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
  };
  const IN_ADDRESS = { "\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20" };

  const line = (text) => text.split(/\s+/).filter(Boolean).join(" ");
  const tex = (text) => text.replace(/[\\{}~^$&#_%]/g, (sign) => TEX[sign] || `\\${sign}`);
  const parts = (when) => when["date-parts"][0];
  const digits = (number, width) => String(number).padStart(width, "0");
  const iso = (when) => parts(when).map((part, place) => digits(part, place ? 2 : 4)).join("-");
  const words = (when) => `${parts(when)[2]} ${MONTHS[parts(when)[1] - 1]} ${parts(when)[0]}`;
  const day = (text) => (text ? { "date-parts": [text.slice(0, 10).split("-").map(Number)] } : null);
  const listed = (names) => [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");

  /* A record without what is not known of it; `cited` is what all citations of one item share. */
  const record = (cited, facts) => {
    const isWeb = /^https?:\/\//.test(cited.source);
    const isOwn = facts.type === "webpage";
    const citesOriginal = isWeb && !cited.address && !isOwn;
    const location = `${cited.location}#${facts.place}`;
    const captured = cited.captured ? `, captured ${cited.captured}` : "";
    const original = cited.source && !citesOriginal ? `Original: ${cited.source}${captured}.` : "";
    const author = line(facts.author);
    const fields = {
      id: location,
      type: facts.type,
      title: `${facts.genre} on “${cited.title}”`,
      author: author ? [{ literal: author }] : null,
      issued: day(facts.issued),
      genre: facts.genre,
      "container-title": isOwn ? cited.archive : "",
      archive: cited.archive,
      archive_location: location,
      URL: citesOriginal ? cited.source : cited.address && `${cited.address}#${facts.place}`,
      accessed: citesOriginal ? day(cited.captured) : null,
      note: [facts.isReckoned ? "The date is reckoned." : "", original].filter(Boolean).join(" "),
    };
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
  };

  const kept = (one) =>
    `${one["container-title"] ? "Published" : "Archived"} in ${one.archive} as ${one.archive_location}`;

  const plain = (one) => {
    const named = listed((one.author || []).map((name) => name.literal));
    const title = one.genre ? one.title : `“${one.title}”`;
    const dated = [title, one.issued && words(one.issued)].filter(Boolean).join(", ");
    const said = [`${named ? `${named}: ` : ""}${dated}.`, `${kept(one)}.`];
    if (one.URL) said.push(`<${one.URL}>${one.accessed ? `, captured ${words(one.accessed)}` : ""}.`);
    if (one.note) said.push(one.note);
    return said.join(" ");
  };

  const bibtex = (one) => {
    const fields = [];
    if (one.author) fields.push(["author", `{${one.author.map((name) => `{${tex(name.literal)}}`).join(" and ")}}`]);
    fields.push(["title", `{{${tex(one.title)}}}`]);
    if (one.issued) {
      fields.push(["date", `{${iso(one.issued)}}`], ["year", `{${digits(parts(one.issued)[0], 4)}}`]);
      fields.push(["month", MONTHS[parts(one.issued)[1] - 1].slice(0, 3).toLowerCase()]);
    }
    fields.push(["howpublished", `{${tex(kept(one))}}`]);
    if (one.URL) fields.push(["url", `{${one.URL.replace(/[\\{} ]/g, (sign) => IN_ADDRESS[sign])}}`]);
    if (one.accessed) fields.push(["urldate", `{${iso(one.accessed)}}`]);
    if (one.note) fields.push(["note", `{${tex(one.note)}}`]);
    if (one.language) fields.push(["langid", `{${tex(one.language)}}`]);
    const key = one.id.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return `@misc{${key},\n${fields.map(([name, value]) => `  ${name} = ${value},\n`).join("")}}\n`;
  };

  const ris = (one) => {
    const fields = [["TY", RIS[one.type]], ["ID", one.id], ["TI", one.title]];
    for (const name of one.author || []) fields.push(["AU", name.literal]);
    if (one.issued) fields.push(["PY", iso(one.issued).slice(0, 4)], ["DA", iso(one.issued).replaceAll("-", "/")]);
    if (one.genre) fields.push(["M3", one.genre]);
    if (one["container-title"]) fields.push(["T2", one["container-title"]]);
    if (one.language) fields.push(["LA", one.language]);
    fields.push(["DB", one.archive], ["AV", one.archive_location]);
    if (one.URL) fields.push(["UR", one.URL]);
    if (one.accessed) fields.push(["Y2", iso(one.accessed).replaceAll("-", "/")]);
    if (one.note) fields.push(["N1", one.note]);
    return [...fields.map(([tag, value]) => `${tag}  - ${value}`), "ER  - ", ""].join("\r\n");
  };

  const DATE = /\[\n *\[\n *(\d+),\n *(\d+),\n *(\d+)\n *\]\n *\]/g;
  const csl = (one) => `${JSON.stringify([one], null, 2).replace(DATE, "[[$1, $2, $3]]")}\n`;

  globalThis.archiveCitations = { record, formats: { plain, bibtex, ris, csl } };
})();
