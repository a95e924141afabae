// The filters above a whole table, in place: what their pages show, at the same addresses. A reload
// or a shared link opens the page that was built.
(() => {
  const nav = document.querySelector(".filters[data-in-place]");
  const table = document.querySelector(".matrix table");
  if (!nav || !table) return;
  const status = nav.querySelector("[role=status]");
  const links = [...nav.querySelectorAll("a[data-filter]")];
  const rows = [...table.tBodies[0].rows];
  const home = location.href.split("#")[0];
  const groups = [...table.querySelectorAll("colgroup[data-group]")];
  const columns = groups.flatMap((group) => Array(group.span).fill(group.dataset.group));
  const bands = groups.map((group) => group.dataset.group);

  const show = (filter) => {
    const [kind, ...rest] = filter.split(":");
    const wanted = rest.join(":");
    const isShown = columns.map((group) => kind !== "group" || group === wanted);
    let count = 0;
    for (const row of rows) {
      const cells = [...row.cells].slice(1);
      const words = cells.map((cell) => cell.querySelector("span")?.textContent.split(", ") ?? []);
      const isHit = (place) => kind !== "value" || words[place].includes(wanted);
      cells.forEach((cell, place) => {
        cell.hidden = !isShown[place];
        cell.firstElementChild?.toggleAttribute("hidden", !isHit(place));
        cell.toggleAttribute("data-blank", !isHit(place));
      });
      row.hidden = (kind === "heading" && row.dataset.heading !== wanted) || !cells.some((_, place) => isHit(place));
      count += !row.hidden;
    }
    const [band, heads] = table.tHead.rows;
    [...band.cells].slice(1).forEach((cell, place) => {
      cell.hidden = kind === "group" && bands[place] !== wanted;
    });
    [...heads.cells].slice(1).forEach((cell, place) => {
      cell.hidden = !isShown[place];
    });
    for (const link of links) {
      if (link.dataset.filter === filter) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const subjects = isShown.filter(Boolean).length;
    status.textContent = filter && `${count} of ${rows.length} criteria, ${subjects} of ${columns.length} subjects. Choose it again to see all.`;
  };

  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const filter = link.hasAttribute("aria-current") ? "" : link.dataset.filter;
    show(filter);
    history.replaceState(null, "", filter ? link.href : home);
  });
})();
