// Eleventy's project, beside the content and data that candidates.py lays out.
import { InputPathToUrlTransformPlugin } from "@11ty/eleventy";

const PAGE = 25;
const FEED = 30;

const newestFirst = (api) =>
  api.getFilteredByGlob("content/briefings/*/*.md").sort((a, b) => b.date - a.date);

/** Articles by each of the values that `of` gives for one. */
function grouped(articles, of) {
  const groups = new Map();
  for (const article of articles) {
    for (const key of of(article)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(article);
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Pages of lists, `PAGE` articles each: the first at `root/key/`, the others below it. */
function listed(root, groups) {
  return groups.flatMap(([key, articles]) => {
    const pages = Math.ceil(articles.length / PAGE);
    const address = (number) => `/${root}/${key}/${number > 1 ? `page/${number}/` : ""}`;
    return Array.from({ length: pages }, (_, index) => ({
      root,
      key,
      pages,
      number: index + 1,
      address: address(index + 1),
      newer: index > 0 ? address(index) : "",
      older: index + 1 < pages ? address(index + 2) : "",
      articles: articles.slice(index * PAGE, (index + 1) * PAGE),
    }));
  });
}

const groups = {
  topics: (articles) => grouped(articles, (article) => article.data.topics),
  authors: (articles) => grouped(articles, (article) => article.data.authors),
  briefings: (articles) => grouped(articles, (article) => [String(article.date.getUTCFullYear())]),
};

export default function (config) {
  // Links between files become links between pages.
  config.addPlugin(InputPathToUrlTransformPlugin);
  config.addCollection("articles", newestFirst);
  config.addCollection("lists", (api) =>
    Object.entries(groups).flatMap(([root, of]) => listed(root, of(newestFirst(api)))),
  );
  config.addCollection("feeds", (api) => {
    const articles = newestFirst(api);
    const site = { root: "", key: "", address: "/", articles: articles.slice(0, FEED) };
    const others = ["topics", "authors"].flatMap((root) =>
      groups[root](articles).map(([key, all]) => ({
        root,
        key,
        address: `/${root}/${key}/`,
        articles: all.slice(0, FEED),
      })),
    );
    return [site, ...others];
  });
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  config.addFilter("day", (date) => day.format(date));
  config.addFilter("iso", (date) => date.toISOString());
  return {
    dir: { input: "content", includes: "../_includes", data: "../_data", output: "site" },
    // The articles hold no template code: to look for some would be work that nobody else does.
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
