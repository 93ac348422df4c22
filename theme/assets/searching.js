/* The search page. Searches as the reader types, and keeps query, filters, order and length of the
   list in the address. `search.js` brings it, and it brings the engine. */
(() => {
  "use strict";
  const part = (name) => document.querySelector(`[data-${name}]`);
  const form = part("search");
  const words = form.dataset;
  const field = form.elements.q;
  const tools = part("tools");
  const narrow = part("narrow");
  const status = part("status");
  const results = part("results");
  const more = part("more");
  const again = part("again");
  const index = new URL(words.search, location.href);
  const root = new URL(words.root, location.href);
  const { lang } = document.documentElement;
  /* A British date where only the language is known: 17 March 2026. */
  const dates = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    dateStyle: "medium",
    timeZone: "UTC",
  });
  const { search: own } = new URL(document.currentScript.src);
  const AT_ONCE = 10;
  const TRIES = 90;

  /* What is asked for: the same as in the address. */
  let wanted = {};
  const facets = [...form.querySelectorAll("select")].map((select) => select.name);

  const read = () => {
    const given = new URLSearchParams(location.search);
    wanted = { query: (given.get("q") || "").trim(), sort: given.get("sort") === "date" };
    wanted.pages = Math.min(Math.max(parseInt(given.get("page"), 10) || 1, 1), 50);
    wanted.only = {};
    for (const facet of facets) if (given.get(facet)) wanted.only[facet] = given.get(facet);
    field.value = wanted.query;
    form.elements.sort[wanted.sort ? 1 : 0].checked = true;
    if (Object.keys(wanted.only).length) narrow.open = true;
  };

  const write = (push) => {
    const given = new URLSearchParams();
    if (wanted.query) given.set("q", wanted.query);
    for (const facet in wanted.only) given.set(facet, wanted.only[facet]);
    if (wanted.sort) given.set("sort", "date");
    if (wanted.pages > 1) given.set("page", wanted.pages);
    const to = `${given}` ? `?${given}` : location.pathname;
    if (to === (location.search || location.pathname)) return;
    history[push ? "pushState" : "replaceState"](null, "", to);
  };

  /* The engine and what is known of its index, once asked for. */
  let loaded = null;
  let tries = 0;
  const json = async (name) => {
    const answer = await fetch(new URL(name, index), { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };
  /* Of the parts of a large archive, but for the newest. */
  const folders = ({ parts }) => parts.slice(1).map(([name]) => `${name}/`);
  const start = async () => {
    /* A browser remembers that a script failed: another try is another address. */
    const retry = tries ? `-${tries}` : "";
    const about = await json("about.json");
    const pagefind = await import(new URL(`pagefind.js?v=${words.version}${retry}`, index).href);
    /* On this thread: what it does is short, and a worker is another 12 kB to load. */
    const options = { basePath: index.href, baseUrl: root.pathname, noWorker: true };
    options.excerptLength = innerWidth < 640 ? 20 : 30;
    options.ranking = { metaWeights: { title: 10, subject: 20, author: 3 } };
    const engine = pagefind.createInstance(options);
    const site = { about, engine, labels: null, days: null };
    if (about.parts.length) {
      /* Each an index by itself. */
      const { baseUrl, excerptLength, ranking } = options;
      const merged = folders(about).map((folder) =>
        engine.mergeIndex(new URL(folder, index).href, { baseUrl, excerptLength, ranking }),
      );
      const script = import(`./searching-parts.js${own}${retry}`);
      [site.tools] = await Promise.all([script, ...merged]);
    }
    return site;
  };
  const load = () => {
    loaded ??= start().catch((error) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };

  /* Words that nearly every page has are left out. When there are no others, every page is as good
     an answer as the next: all are asked for, by a word that is on each and loads next to nothing. */
  const essence = ({ common, every }) => {
    if (/^".+"$/.test(wanted.query)) return wanted.query;
    const all = wanted.query.split(/\s+/);
    return all.filter((word) => !common.includes(word.toLowerCase())).join(" ") || every;
  };

  const search = async (site, without) => {
    const { about, engine } = site;
    const text = essence(about);
    const filters = {};
    for (const facet of about.facets) {
      if (wanted.only[facet] && facet !== without) filters[facet] = [wanted.only[facet]];
      /* Leaves out what nothing is filed under, so nothing: it only has the counts loaded. */
      else if (narrow.open) filters[facet] = { not: [" "] };
    }
    if (!site.tools) return engine.search(text, { filters });
    /* What parts are worth is told by all that they find, filters or not. */
    const all = (await engine.search(text)).results;
    const [parts, others] = await site.tools.knowing(all, text);
    if (others.length) filters.part = { any: parts };
    const found = await engine.search(text, { filters });
    site.tools.weigh(found.results, all, new Map(about.parts), parts);
    return found;
  };

  /* Within a day the best stays first. */
  const newestFirst = async (site, found) => {
    const all = ["", ...folders(site.about)];
    site.days ??= Promise.all(all.map((folder) => json(`${folder}days.json`)));
    const days = Object.assign({}, ...(await site.days));
    const day = ({ id }) => days[id] || "";
    found.sort((one, other) => (day(one) < day(other)) - (day(one) > day(other)));
  };

  /* For a word it does not know the engine takes the longest beginning that it knows: "zzz" would
     find every "z". */
  const isFar = ({ content, locations }) => {
    const found = content.split(/\s+/);
    const short = (at) => (found[at] || "").replace(/[^\p{L}\p{N}]/gu, "").length < 3;
    const long = wanted.query.split(/\s+/).every((word) => word.length > 3);
    return long && locations.length > 0 && locations.every(short);
  };

  const element = (name, text, classes = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = classes;
    return made;
  };

  /* An excerpt is text with marks, in which only < and > are written as entities. It is read as
     that and never as HTML. */
  const excerpt = (into, { excerpt: text, plain_excerpt: plain, content }) => {
    const readable = (cut) => cut.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
    const bare = readable(plain);
    if (!content.startsWith(bare)) into.append("… ");
    text.split(/<mark>(.*?)<\/mark>/s).forEach((cut, at) => {
      into.append(at % 2 ? element("mark", readable(cut)) : readable(cut));
    });
    if (!content.endsWith(bare)) into.append(" …");
  };

  const sections = (list, found) => {
    const best = found
      .filter((section) => section.anchor)
      .sort((one, other) => other.locations.length - one.locations.length)
      .slice(0, 2);
    const model = list.firstElementChild;
    for (const { title, url } of best) {
      const line = model.cloneNode(true);
      line.firstElementChild.textContent = title;
      line.firstElementChild.href = url;
      list.append(line);
    }
    model.remove();
    if (!best.length) list.remove();
  };

  const row = (data) => {
    const about = JSON.parse(data.filters.about[0]);
    const made = part("result").content.cloneNode(true).firstElementChild;
    const [day, kind, text] = made.children;
    const [title, dek, list, meta] = text.children;
    const [topic, names, mark] = meta.children;
    const dated = about.kind === "briefing";
    (dated ? kind : day).remove();
    day.dateTime = about.date || "";
    /* Three letters for every month, as in the lists of other pages. */
    day.textContent = dated ? dates.format(new Date(about.date)).replace("Sept", "Sep") : "";
    kind.textContent = words[about.kind] || "";
    title.firstElementChild.textContent = data.meta.title;
    title.firstElementChild.href = data.url;
    if (about.lang) text.lang = about.lang;
    if (about.dir) text.dir = about.dir;
    excerpt(dek, data);
    sections(list, data.sub_results);
    topic.firstElementChild.textContent = about.topic || "";
    topic.firstElementChild.href = new URL(about.topic_url || "", root);
    names.textContent = data.meta.author || "";
    mark.firstElementChild.textContent = words[about.mark] || "";
    for (const each of [topic, names, mark]) if (!each.textContent) each.remove();
    if (!meta.children.length) meta.remove();
    return made;
  };

  const counted = (number) => {
    const rules = new Intl.PluralRules(lang);
    const examples = [...part("counts").content.children];
    const same = (one) => rules.select(Number(one.value)) === rules.select(number);
    const text = (examples.find(same) || examples.at(-1)).textContent;
    return text.replace(/[\d,.]+/, number.toLocaleString(lang));
  };

  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };
  /* Either what was found, or where else to go. */
  const show = ({ found = false, retry = false }) => {
    part("browse").hidden = found;
    tools.hidden = !found && !Object.keys(wanted.only).length;
    more.hidden = true;
    again.hidden = !retry;
    if (!found) results.replaceChildren();
  };

  const fill = async (site, found, late) => {
    site.labels ??= json("facets.json");
    const labels = await site.labels;
    const names = new Intl.DisplayNames([lang], { type: "language" });
    for (const facet of site.about.facets) {
      const select = form.elements[facet];
      const chosen = wanted.only[facet] || "";
      /* Of a facet that is chosen from, the other values count as if it were not. */
      const counts = chosen ? (await search(site, facet)).filters : found.filters;
      if (late()) return;
      const options = labels[facet]
        .filter(([key]) => counts[facet]?.[key] || key === chosen)
        .map(([key, label]) => {
          const name = facet === "lang" ? names.of(key) : label;
          return new Option(`${name} (${counts[facet]?.[key] || 0})`, key);
        });
      select.replaceChildren(select.options[0], ...options);
      select.value = chosen;
      select.parentElement.hidden = false;
    }
  };

  /* Rows from a place on; from 0 it is a new list. */
  const list = (data, from) => {
    if (!from) results.replaceChildren(element("ol", "", "river river--dated"));
    results.firstElementChild.append(...data.map(row));
  };

  let turn = 0;
  let waiting = 0;
  const run = async (from = 0) => {
    const mine = ++turn;
    const late = () => mine !== turn;
    clearTimeout(waiting);
    if (!wanted.query) {
      say("");
      show({});
      return;
    }
    const slow = setTimeout(() => late() || say(words.searching), 200);
    try {
      const site = await load();
      const found = await search(site);
      const all = essence(site.about) === site.about.every;
      if (wanted.sort || all) await newestFirst(site, found.results);
      /* On an empty page the first is shown before the others are asked for. */
      const [best, ...others] = found.results.slice(from, wanted.pages * AT_ONCE);
      const first = await best?.data();
      if (late()) return;
      if (!from && (!first || isFar(first))) {
        /* Nothing, or an index that was replaced since this page was opened? */
        const now = await json("about.json");
        if (late()) return;
        if (now.made !== site.about.made) {
          loaded = null;
          run();
          return;
        }
        say(words.none.replace("{query}", () => wanted.query));
        show({});
      } else {
        const early = !results.firstElementChild;
        const shown = () => {
          say(counted(found.results.length));
          show({ found: true });
        };
        if (early) {
          shown();
          list([first], 0);
        }
        const rest = await Promise.all(others.map((result) => result.data()));
        if (late()) return;
        shown();
        if (early) list(rest, 1);
        else list([first, ...rest], from);
        more.hidden = found.results.length <= wanted.pages * AT_ONCE;
        if (from) results.firstElementChild.children[from].querySelector("a").focus();
      }
      if (narrow.open) await fill(site, found, late);
      tries = 0;
    } catch (error) {
      if (late()) return;
      console.warn(error);
      tries += 1;
      loaded = null;
      /* While somebody writes, the index follows the pages. */
      const soon = words.waiting && tries < TRIES;
      say(soon ? words.waiting : words.failed);
      show({ retry: !soon });
      if (soon) waiting = setTimeout(run, 1000);
    } finally {
      clearTimeout(slow);
      /* Now the typeface may come. */
      if (!late()) delete document.documentElement.dataset.waits;
    }
  };

  /* While one types, the address of the page that one came from stays in the history, and what one
     types is one step of it. */
  let typing = false;
  const go = (change, isTyping = false) => {
    Object.assign(wanted, { pages: 1 }, change);
    write(isTyping ? !typing : !typing || change.query === undefined);
    typing = isTyping;
    run();
  };

  let timer = 0;
  const typed = () => go({ query: field.value.trim() }, true);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const query = field.value.trim();
    if (!query) return typed();
    load().catch(() => {});
    /* The beginning of a word may be that of very many: wait a little for the rest. */
    const short = /(^|\s)[\x00-\x7f]{1,2}$/.test(query);
    if (!/^[\x00-\x7f]$/.test(query)) timer = setTimeout(typed, short ? 1000 : 250);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const query = field.value.trim();
    if (query === wanted.query) {
      typing = false;
      run();
    } else go({ query });
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "sort") go({ sort: target.value === "date" });
    else if (facets.includes(target.name)) {
      const only = { ...wanted.only };
      if (target.value) only[target.name] = target.value;
      else delete only[target.name];
      go({ only });
    }
  });
  narrow.addEventListener("toggle", () => narrow.open && wanted.query && run());
  more.addEventListener("click", () => {
    const from = wanted.pages * AT_ONCE;
    wanted.pages += 1;
    write(false);
    run(from);
  });
  again.addEventListener("click", () => run());
  addEventListener("popstate", () => {
    typing = false;
    read();
    run();
  });

  /* What was typed while this came. */
  const early = field.value;
  read();
  if (early) {
    field.value = early;
    field.dispatchEvent(new Event("input"));
  } else run();
})();
