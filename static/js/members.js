// Narrows the list of members in place. One choice has the address of the page that is built for
// it; several, or a name, stand behind a question mark on the page of all members.
(() => {
  const facets = document.querySelector(".facets");
  const table = document.querySelector("table.members");
  if (!facets || !table) return;
  const whole = facets.dataset.all;
  const groups = [...facets.querySelectorAll("div")].map((div) => ({
    name: div.querySelector(".label").textContent,
    links: [...div.querySelectorAll("a:not(.receipt)")],
  }));
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const back = facets.querySelector(".back_to_all");
  const caption = table.caption.firstElementChild;
  const counted = [...caption.childNodes];
  const words = caption.textContent.replace(/^\S+ of \S+/, "");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "hidden";
  table.caption.after(status);

  const input = document.createElement("input");
  input.type = "search";
  input.setAttribute("aria-label", "Part of a member\u2019s name");
  const label = document.createElement("p");
  label.className = "label";
  label.textContent = "Name";
  const row = document.createElement("div");
  row.append(label, input);
  facets.prepend(row);

  const chosen = new Map();
  for (const { name, links } of groups) {
    const link = links.find((item) => item.getAttribute("aria-current"));
    if (!link) continue;
    chosen.set(name, link.textContent);
    // As it was built, the choice leads to where it is taken back; here it has its own address.
    link.href = location.pathname;
  }
  // Only the page of all members holds every row; another one fetches them when it must.
  let rows = chosen.size ? null : [...table.tBodies[0].rows];
  const load = async () => {
    if (rows) return;
    const page = new DOMParser().parseFromString(await (await fetch(whole)).text(), "text/html");
    rows = [...page.querySelector("table.members").tBodies[0].rows];
    // The note marks in the rows lead to that page's list of sources.
    for (const part of [".page_head", ".sources"]) {
      document.querySelector(part)?.replaceWith(page.querySelector(part));
    }
    document.title = page.title;
  };

  const address = () => {
    const name = input.value.trim();
    if (chosen.size === 1 && !name) {
      const [[facet, value]] = chosen;
      const { links } = groups.find((group) => group.name === facet);
      return links.find((link) => link.textContent === value).href;
    }
    const url = new URL(whole, location);
    for (const [facet, value] of chosen) url.searchParams.set(facet.toLowerCase(), value);
    if (name) url.searchParams.set("name", name);
    return url.href;
  };

  const says = (item, facet) => item.cells[heads.indexOf(facet)].firstChild.textContent;
  const fits = (item, name, but) =>
    item.cells[0].textContent.toLowerCase().includes(name) &&
    [...chosen].every(([facet, value]) => facet === but || says(item, facet) === value);

  // A number says how many members its choice would leave. Where nothing else narrows the list it
  // is the one that was built, which leads to how it was counted.
  const built = new Map(
    groups.flatMap(({ links }) => links.map((link) => [link, [...link.nextElementSibling.childNodes]])),
  );
  const count = (name) => {
    for (const { name: facet, links } of groups) {
      const isFree = !name && [...chosen.keys()].every((other) => other === facet);
      // Without all rows at hand, those of the page are the ones that fit its one choice.
      const found = isFree ? [] : (rows || [...table.tBodies[0].rows]).filter((item) => fits(item, name, facet));
      for (const link of links) {
        const left = found.filter((item) => says(item, facet) === link.textContent).length;
        link.nextElementSibling.replaceChildren(...(isFree ? built.get(link) : [String(left)]));
        link.parentElement.classList.toggle("none", !isFree && !left && chosen.get(facet) !== link.textContent);
      }
    }
  };

  const show = () => {
    const name = input.value.trim().toLowerCase();
    const kept = rows.filter((item) => fits(item, name));
    table.tBodies[0].replaceChildren(...kept);
    caption.textContent = `${kept.length} of ${rows.length}${words}`;
    const text = caption.textContent;
    // As it was built, the caption's numbers lead to how they were counted.
    if (text === counted.map((node) => node.textContent).join("")) caption.replaceChildren(...counted);
    status.textContent = kept.length ? text : "No member fits. Remove a filter.";
    status.classList.toggle("hidden", kept.length > 0);
    for (const { name: facet, links } of groups) {
      for (const link of links) {
        if (chosen.get(facet) === link.textContent) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
    count(name);
    if (back) back.hidden = !chosen.size && !name;
  };

  const narrow = async () => {
    try {
      await load();
    } catch {
      location.href = address();
      return;
    }
    show();
    history.replaceState(history.state, "", address());
  };

  facets.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a");
    // A number leads to how it was counted.
    if (!link || link.classList.contains("receipt")) return;
    event.preventDefault();
    const group = groups.find(({ links }) => links.includes(link));
    if (!group) {
      chosen.clear();
      input.value = "";
    } else if (chosen.get(group.name) === link.textContent) {
      chosen.delete(group.name);
    } else {
      chosen.set(group.name, link.textContent);
    }
    narrow();
  });
  input.addEventListener("input", narrow);

  const asked = new URLSearchParams(location.search);
  for (const { name, links } of groups) {
    const value = asked.get(name.toLowerCase());
    if (links.some((link) => link.textContent === value)) chosen.set(name, value);
  }
  input.value = asked.get("name") || "";
  if (asked.size) narrow();
  else if (chosen.size) count("");
})();
