import markdownIt from "markdown-it";
import footnote from "markdown-it-footnote";

export default function (config) {
  const library = markdownIt({ html: true }).use(footnote);
  config.setLibrary("md", { render: (text) => library.render(text, {}) });
  config.addCollection("articles", (all) => all.getFilteredByGlob("site/articles/*.md").reverse());
  config.addCollection("byTag", (all) => {
    const tags = new Map();
    for (const page of all.getFilteredByGlob("site/articles/*.md").reverse()) {
      for (const tag of page.data.tags) tags.set(tag, [...(tags.get(tag) ?? []), page]);
    }
    return [...tags].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, pages]) => ({ name, pages }));
  });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("moment", (date) => date.toISOString());
  config.addFilter("first", (list, count) => list.slice(0, count));
  return {
    dir: { input: "site", layouts: "../_layouts", output: "public" },
    markdownTemplateEngine: false,
  };
}
