/* Marks what is new since the last visit, which only this browser remembers. A visit ends after
   half an hour without a page. Pages know days, not hours: the day of that visit counts. */
(() => {
  "use strict";
  const key = "briefings-visits";
  const now = Date.now();
  let last;
  try {
    const [before, seen] = (localStorage.getItem(key) || "").split(" ").map(Number);
    last = now - seen > 18e5 ? seen : now >= seen && before;
    last = last > 0 && last < now ? last : 0;
    localStorage.setItem(key, `${last} ${now}`);
  } catch {
    return;
  }
  const words = document.querySelector("[data-visits-words]");
  if (!last || !words) return;
  const then = new Date(last);
  const day = new Date(last - then.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  const [line, tag] = words.content.children;
  let count = 0;
  for (const place of document.querySelectorAll("[data-since]")) {
    if (place.dataset.since < day) continue;
    place.append(" ", tag.cloneNode(true));
    count += 1;
  }
  if (!count) return;
  const { lang } = document.documentElement;
  const shown = then.toLocaleDateString(lang === "en" ? "en-GB" : lang, { dateStyle: "long" });
  line.textContent = line.textContent.replace("{count}", count).replace("{day}", shown);
  document.querySelector("[data-visits]").append(" ", line);
})();
