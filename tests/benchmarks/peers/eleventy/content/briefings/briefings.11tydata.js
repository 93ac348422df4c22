export default {
  layout: "article.njk",
  permalink: (data) => `/briefings/${data.page.date.getUTCFullYear()}/${data.page.fileSlug}/`,
};
