/* Loaded in the head, before the first paint, so that the page never flashes in the other theme.
   Everything works without it; what needs it is shown only once `data-theme` is set. */
(() => {
  "use strict";
  const key = "briefings-theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /* Storage may be forbidden: then the choice lasts as long as the page. */
  let choice = null;
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return choice;
    }
  };
  const system = () => (dark.matches ? "dark" : "light");

  const show = () => {
    const kept = stored();
    choice = kept === "dark" || kept === "light" ? kept : null;
    root.dataset.theme = choice || system();
    const metas = document.querySelectorAll('meta[name="theme-color"]');
    for (const meta of metas) {
      meta.dataset.own ??= meta.media;
      /* A choice makes one of the two colours hold always and the other never. */
      const own = meta.dataset.own.includes("dark") ? "dark" : "light";
      meta.media = choice ? (own === choice ? "all" : "not all") : meta.dataset.own;
    }
  };

  const turn = () => {
    const wanted = root.dataset.theme === "dark" ? "light" : "dark";
    /* Choosing what the system has is going back to following it. */
    choice = wanted === system() ? null : wanted;
    try {
      if (choice) localStorage.setItem(key, choice);
      else localStorage.removeItem(key);
    } catch {
      /* Kept in `choice`. */
    }
    show();
  };

  /* Marks in the contents list the section that is being read. */
  const follow = (list) => {
    const stops = [];
    for (const link of list.querySelectorAll('a[href^="#"]')) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) stops.push([target, link]);
    }
    const mark = () => {
      let current = null;
      for (const [target, link] of stops) {
        link.removeAttribute("aria-current");
        if (target.getBoundingClientRect().top < innerHeight * 0.3) current = link;
      }
      current?.setAttribute("aria-current", "true");
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
    for (const [target] of stops) watch.observe(target);
  };

  /* Brings the current section into sight where the bar is wider than the screen. */
  const reach = (bar) => {
    const at = bar.querySelector("[aria-current]")?.getBoundingClientRect();
    const room = bar.getBoundingClientRect();
    if (at) bar.scrollLeft += (at.left + at.right - room.left - room.right) / 2;
  };

  /* Copies the text beside a button; where that is not allowed, selects it. */
  const copy = async (cite) => {
    const text = cite.querySelector("[data-cite-text]");
    const status = cite.querySelector('[role="status"]');
    const { copied, selected } = cite.parentElement.dataset;
    try {
      await navigator.clipboard.writeText(text.textContent);
      status.textContent = copied;
    } catch {
      getSelection().selectAllChildren(text);
      status.textContent = selected;
    }
  };

  /* Who comes from another page of the site has the typeface already. */
  if (document.referrer.startsWith(`${location.origin}/`)) delete root.dataset.waits;
  show();
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  document.addEventListener("click", (event) => {
    const at = event.target instanceof Element ? event.target : null;
    if (at?.closest("[data-theme-switch]")) turn();
    else if (at?.closest("[data-print]")) print();
    else if (at?.closest("[data-copy]")) copy(at.closest("[data-cite]"));
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-sections]").forEach(reach);
    document.querySelectorAll("[data-contents]").forEach(follow);
  });
})();
