/* While the pointer rests on a link, or the focus is on it, shows where it leads: to a source, a
   note, a section, a term or a page. No page is asked for before that, nor twice. */
(() => {
  "use strict";
  const box = document.createElement("div");
  if (!box.showPopover) return;
  box.id = "_preview";
  box.className = "preview";
  box.popover = "manual";
  box.setAttribute("role", "tooltip");
  const pages = {};
  let link, wanted, height, opening, closing;

  const load = async (url) => {
    const answer = await fetch(url);
    if (answer.ok) return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  /* The elements that give title, text and facts. Not for links to files or out of the site. */
  const about = async (at) => {
    const url = at.href.split("#")[0];
    const here = url === location.href.split("#")[0];
    if (!here) {
      if (at.origin !== location.origin || !/(\/|\.html)$/.test(url)) return;
      if (navigator.connection?.saveData) return;
    }
    const page = here ? document : await (pages[url] ??= load(url));
    const place = page.getElementById(decodeURIComponent(at.hash.slice(1)));
    const marked = (mark) => [...(place || page).querySelectorAll(`[data-preview=${mark}]`)];
    const top = page.querySelector("h1");
    if (place?.matches("li")) {
      const title = marked("title");
      return [title, title[0] ? [] : [place], marked("meta")];
    }
    if (place?.matches("h2, h3, h4, h5, h6")) {
      let next = place;
      while ((next = next.nextElementSibling) && !next.matches("p, ul, ol, [id]"));
      return [[place], next && !next.id ? [next] : [], here ? [] : [top]];
    }
    if (here) return;
    const [dek = page.querySelector("[name=description]")] = marked("dek");
    return [[top], [dek], marked("fact")];
  };

  const close = () => {
    closing = clearTimeout(closing);
    if (!link) return;
    link.removeAttribute("aria-describedby");
    link = null;
    box.hidePopover();
  };

  /* Under the line of the link or above it; a source or a note beside the text if it has room. */
  const put = () => {
    const rects = [...link.getClientRects()];
    const at = rects.find((rect) => height < rect.bottom) || rects[0];
    if (!at || at.bottom < 0 || at.top > innerHeight) return close();
    const { offsetWidth: wide, offsetHeight: tall } = box;
    const room = document.documentElement.clientWidth;
    const rtl = getComputedStyle(link).direction === "rtl";
    const text = link.closest("[data-previews]").getBoundingClientRect();
    let x = rtl ? at.right - wide : at.left;
    let y = at.bottom + tall + 16 > innerHeight && at.top > tall ? at.top - tall - 8 : at.bottom + 8;
    if (link.hash.startsWith("#_") && room > 960) {
      const beside = rtl ? text.left - wide - 24 : text.right + 24;
      if (beside > 8 && beside + wide + 8 < room) [x, y] = [beside, at.top - 8];
    }
    box.style.setProperty("left", `${Math.max(8, Math.min(x, room - wide - 8))}px`);
    box.style.setProperty("top", `${Math.max(8, Math.min(y, innerHeight - tall - 8))}px`);
  };

  const add = (name, nodes) => {
    const words = nodes.map((node) => (node.content || node.textContent).trim()).join(" · ");
    const part = document.createElement(name);
    part.textContent = words.replace(/\s+|↩/g, " ").replace(/^(.{280}\S{0,20}).+/, "$1…");
    part.lang = nodes[0].closest("[lang]").lang;
    box.dir = nodes[0].closest("[dir]").dir;
    box.append(part);
  };

  const open = async (at, y) => {
    const found = await about(at).catch(() => delete pages[at.href.split("#")[0]]);
    if (!found?.length || wanted !== at) return;
    close();
    link = at;
    height = y;
    box.replaceChildren();
    found.forEach((nodes, n) => nodes[0] && add(["b", "p", "small"][n], nodes));
    document.querySelector("main").append(box);
    box.showPopover();
    link.setAttribute("aria-describedby", box.id);
    put();
  };

  const want = (target, y) => {
    const at = target?.closest?.("[data-previews] a[href]");
    if (at === wanted) return;
    clearTimeout(opening);
    wanted = at;
    if (at && at !== link) opening = setTimeout(open, 250, at, y);
  };

  /* The pointer may go from a link to its preview, and rest there. */
  const move = ({ clientX: x, clientY: y }) => {
    if (!link || link.matches(":focus-visible")) return;
    const [a, b] = [link, box].map((each) => each.getBoundingClientRect());
    const far =
      x < Math.min(a.left, b.left) - 8 ||
      x > Math.max(a.right, b.right) + 8 ||
      y < Math.min(a.top, b.top) - 8 ||
      y > Math.max(a.bottom, b.bottom) + 8;
    if (!far) closing = clearTimeout(closing);
    else closing ||= setTimeout(close, 250);
  };

  const on = (type, listener) => addEventListener(type, listener, true);
  on("pointerover", ({ target, pointerType, clientY }) => {
    if (pointerType !== "touch") want(target, clientY);
  });
  on("pointermove", move);
  on("pointerout", ({ relatedTarget }) => {
    if (relatedTarget) return;
    want();
    move({ clientX: -99 });
  });
  on("focusin", ({ target }) => target.matches(":focus-visible") && want(target, 0));
  on("focusout", ({ target }) => {
    want();
    if (target === link) close();
  });
  on("keydown", ({ key }) => {
    if (key !== "Escape") return;
    want();
    close();
  });
  for (const type of ["scroll", "resize"]) on(type, () => link && put());
  on("pagehide", close);
})();
