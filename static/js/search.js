// Searches the site on its search page, which without this lists every page by kind.
// The index is fetched when the first word is typed.
(() => {
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const inputs = [...document.querySelectorAll('input[type="search"][name="q"]')];
    const field = inputs.reverse().find((input) => input.checkVisibility());
    if (field) {
      event.preventDefault();
      field.focus();
    }
  });

  const place = document.querySelector("[data-search]");
  if (!place) return;
  const { search: folder, root, members } = place.dataset;
  const STEP = 10;
  // Who looks for a name wants its page, not each source and table that says it.
  const WEIGHTS = { source: 0.3, pair: 0.3, sides: 0.3, criterion: 0.6, subject: 0.8, other: 0.8, comparison: 2, alliance: 1.5, member: 1.25, organization: 1.25, article: 1.25, objective: 1.25, topic: 1.25 };
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const input = make("input", { type: "search", name: "q", autocomplete: "off", ariaLabel: "Words to search for" });
  // They stand in the page, so that the page's style sheet holds their styles.
  const form = place.querySelector("form");
  const list = place.querySelector(".results");
  form.append(input, make("button", {}, "Search"));
  const status = make("p", { className: "meta", role: "status" });
  const choices = make("ul", { className: "tallies kinds" });
  const more = make("button", { type: "button", hidden: true }, "Show more");
  place.append(form, status, choices, list, more);
  place.hidden = false;

  // The page's own groups say how kinds are called, and in which order they come.
  const titles = new Map(
    [...document.querySelectorAll("section.index")].map((group) => [group.id, group.querySelector("h2").textContent]),
  );
  const group = (kind) => (titles.has(kind) ? kind : "other");
  const asked = new URLSearchParams(location.search);
  let kind = asked.get("kind") || "";
  let engine;
  let run = 0;
  input.value = asked.get("q") || "";

  const load = async () => {
    const first = `${folder}0/`;
    const [pagefind, kinds] = await Promise.all([
      import(`${first}pagefind.js`),
      fetch(`${first}kinds.json`).then((answer) => answer.json()),
    ]);
    await pagefind.options({ baseUrl: root, excerptLength: 24 });
    const all = [kinds.kinds];
    for (let shard = 1; shard < kinds.shards; shard++) {
      await pagefind.mergeIndex(`${folder}${shard}/`, { baseUrl: root });
      all.push((await (await fetch(`${folder}${shard}/kinds.json`)).json()).kinds);
    }
    const kindOf = new Map();
    for (const lists of all) for (const name in lists) for (const id of lists[name]) kindOf.set(id, group(name));
    return { pagefind, kindOf };
  };

  const item = (found) => {
    const date = found.meta.date && new Date(found.meta.date).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const about = [titles.get(group(found.meta.kind)), date].filter(Boolean).join(" \u00b7 ");
    const excerpt = make("p");
    excerpt.innerHTML = found.excerpt; // escaped by Pagefind, with <mark> around what was found
    return make("li", {}, make("a", { href: found.url, textContent: found.meta.title }), make("small", { textContent: about }), excerpt);
  };

  const show = async (results, from, turn) => {
    const found = await Promise.all(results.slice(from, from + STEP).map((result) => result.data()));
    if (turn !== run) return;
    list.append(...found.map(item));
    const next = from + STEP;
    more.hidden = next >= results.length;
    more.onclick = async () => {
      await show(results, next, turn);
      list.children[next]?.querySelector("a").focus();
    };
  };

  const choose = (counts, total) => {
    const entries = [["", "All", total], ...[...titles].map(([id, title]) => [id, title, counts[id]])];
    choices.replaceChildren(
      ...entries
        .filter(([id, , count]) => count || id === kind)
        .map(([id, title, count]) => {
          const button = make("button", { type: "button", ariaPressed: id === kind }, `${title} ${count || 0}`);
          button.onclick = () => {
            kind = id;
            search().then(() => choices.querySelector('[aria-pressed="true"]')?.focus());
          };
          return make("li", {}, button);
        }),
    );
  };

  const nothing = (words) => {
    status.replaceChildren(`Nothing for \u201c${words}\u201d. Try a member\u2019s name, or `, make("a", { href: members }, "see all members"), ".");
  };

  // The words of a title in any order; what follows the dash says of which comparison a page is.
  const wordsOf = (text) => text.toLowerCase().split(" \u2013 ")[0].split(/\s+/).filter((word) => word && word !== "and").sort().join(" ");

  // The page that is called what was typed comes first, whatever else says the word more often.
  const leadByNamesake = async (results, words, kindOf) => {
    const links = [...document.querySelectorAll("section.index a")];
    const namesake =
      links.find((link) => link.textContent.trim().toLowerCase() === words.toLowerCase()) ||
      links.find((link) => wordsOf(link.textContent) === wordsOf(words));
    if (!namesake) return results;
    const alike = results.filter(({ id }) => kindOf.get(id) === namesake.closest("section").id).slice(0, 2 * STEP);
    const near = await Promise.all(alike.map((result) => result.data()));
    const first = alike[near.findIndex(({ url }) => new URL(url, location).pathname === namesake.pathname)];
    return first ? [first, ...results.filter((result) => result !== first)] : results;
  };

  const search = async () => {
    const turn = ++run;
    const words = input.value.trim();
    const address = new URL(location);
    for (const [name, value] of [["q", words], ["kind", words && kind]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
    if (!words) {
      for (const part of [status, choices, list]) part.replaceChildren();
      more.hidden = true;
      return;
    }
    try {
      engine ||= load();
      const { pagefind, kindOf } = await engine;
      const found = await pagefind.search(words);
      const rank = ({ id, score }) => score * (WEIGHTS[kindOf.get(id)] || 1);
      const ranked = found.results.sort((one, other) => rank(other) - rank(one));
      const results = await leadByNamesake(ranked, words, kindOf);
      if (turn !== run) return;
      const counts = {};
      for (const { id } of results) counts[kindOf.get(id)] = (counts[kindOf.get(id)] || 0) + 1;
      const kept = kind ? results.filter(({ id }) => kindOf.get(id) === kind) : results;
      list.replaceChildren();
      choose(counts, results.length);
      if (kept.length) status.textContent = kept.length === 1 ? "1 result" : `${kept.length} results`;
      else nothing(words);
      await show(kept, 0, turn);
    } catch {
      engine = undefined;
      status.replaceChildren("Search could not load. ", make("a", { href: "#pages" }, "See all pages"), ".");
    }
  };

  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  place.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  });
  if (input.value) search();
})();
