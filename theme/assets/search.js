/* The search page before a word is typed: brings what searches with the first key, or at once where
   the address names a query. */
(() => {
  "use strict";
  const here = document.currentScript.src;
  const form = document.querySelector("[data-search]");
  const field = form.elements.q;
  /* What searches, once asked for; what was typed before it came it searches for. */
  let script = null;
  const bring = () => {
    if (script) return;
    script = document.createElement("script");
    script.src = here.replace(/search\.js/, "searching.js");
    for (const end of ["load", "error"]) {
      script.addEventListener(end, () => form.removeEventListener("submit", wait));
    }
    document.head.append(script);
  };
  /* Where it cannot be had, the form leads to an address with the query, which tries again. */
  const wait = (event) => {
    event.preventDefault();
    bring();
  };
  form.addEventListener("submit", wait);
  field.addEventListener("input", bring, { once: true });
  if (new URLSearchParams(location.search).get("q")) bring();
  else {
    delete document.documentElement.dataset.waits;
    /* Not where it would bring up a keyboard on the screen. */
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) field.focus();
  }
})();
