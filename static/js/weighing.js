// The reader's own weights: the numbers that Python gives, to the last digit. Weights are taken as
// thousandths and scores as whole numbers over one denominator, so that nothing is rounded before
// it is shown. See `weighed_scores` in alliance_site/view/weighed.py for the form of data-w.
(() => {
  const form = document.querySelector(".weighing");
  if (!form) return;
  const section = form.closest("section");
  const body = section.querySelector("tbody");
  const fields = [...form.querySelectorAll("input[type=number]")];
  const output = form.querySelector("output");
  const { mode, denominator, digits, rounding, rank, decimal, thousands } = form.dataset;
  const whole = BigInt(denominator);
  const less = (a, b) => a.n * b.d < b.n * a.d;
  const least = (list) => list.reduce((a, b) => (less(b, a) ? b : a));
  const most = (list) => list.reduce((a, b) => (less(a, b) ? b : a));
  const scene = (text) => {
    const [numbers, cap] = text.split("@");
    return {
      parts: numbers.split(",").map((item) => (item === "-" ? null : BigInt(item))),
      cap: cap === undefined ? null : { n: BigInt(cap), d: whole },
    };
  };
  const built = [...body.rows].map((row) => ({
    row,
    cells: [...row.cells].map((cell) => cell.innerHTML),
    ends: row.dataset.w.split("|").map((end) => end.split("/").map(scene)),
  }));
  const columns = [...section.querySelector("thead tr").cells].map((cell) => cell.textContent);
  const couldBe = columns.indexOf("Could be");

  // A weight is up to 1,000, with up to three digits after the point; anything else is no weight.
  const weight = (text) => {
    const found = /^(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(text.trim());
    const value = found && BigInt(found[1]) * 1000n + BigInt((found[2] ?? "").padEnd(3, "0"));
    return value !== null && value <= 1000000n ? value : null;
  };
  const total = ({ parts, cap }, weights) => {
    let sum = 0n;
    let share = 0n;
    parts.forEach((part, place) => {
      if (part === null) return;
      sum += part * weights[place];
      share += weights[place];
    });
    if (parts.every((part) => part === null) || (mode === "mean" && !share)) return null;
    const value = { n: sum, d: whole * (mode === "mean" ? share : 1000n) };
    return cap && less(cap, value) ? cap : value;
  };
  const written = ({ n, d }) => {
    const size = n < 0n ? -n : n;
    const scaled = size * 10n ** BigInt(digits);
    let units = scaled / d;
    const twice = 2n * (scaled % d);
    if (twice > d || (twice === d && (rounding === "half-up" || units % 2n))) units += 1n;
    const text = units.toString().padStart(Number(digits) + 1, "0");
    const end = text.length - Number(digits);
    const front = text.slice(0, end).replace(/\B(?=(\d{3})+$)/g, thousands);
    return (n < 0n && units ? "-" : "") + front + (Number(digits) ? decimal + text.slice(end) : "");
  };
  const fewest = (list) => {
    let count = 0;
    let last = null;
    for (const [low, high] of [...list].sort((a, b) => (less(a[1], b[1]) ? -1 : less(b[1], a[1]) ? 1 : 0))) {
      if (last === null || less(last, low)) [count, last] = [count + 1, high];
    }
    return count;
  };
  // Two fractions are one number where they are the same in lowest terms.
  const lowest = (item) => {
    let [a, b] = [item.n < 0n ? -item.n : item.n, item.d];
    while (b) [a, b] = [b, a % b];
    return (item.key ??= `${item.n / a}/${item.d / a}`);
  };
  const distinct = (list) => [...new Map(list.map((item) => [item.key ?? lowest(item), item])).values()];
  const isDense = rank === "dense";
  const above = (list, value) => {
    const found = list.filter((other) => less(value, other));
    return (isDense ? distinct(found) : found).length;
  };
  const range = (one, all) => {
    const others = all.filter((other) => other !== one && other.low);
    const surely = others.filter((other) => less(one.high, other.low));
    const perhaps = others.filter((other) => less(one.low, other.high));
    if (!isDense) return [1 + surely.length, 1 + perhaps.length];
    const settled = perhaps.filter((other) => !less(other.low, other.high));
    return [
      1 + fewest(surely.map((other) => [other.low, other.high])),
      1 + distinct(settled.map((other) => other.low)).length + perhaps.length - settled.length,
    ];
  };

  const restore = () => {
    for (const { row, cells } of built) {
      [...row.cells].forEach((cell, place) => (cell.innerHTML = cells[place]));
      body.append(row);
    }
  };
  const show = () => {
    const weights = fields.map((field) => weight(field.value));
    fields.forEach((field, place) => field.setAttribute("aria-invalid", weights[place] === null));
    restore();
    if (fields.every((field) => field.value === field.defaultValue)) return "";
    if (weights.includes(null)) return "A weight is a number from 0 to 1,000, with at most three digits after the point.";
    if (!weights.some((item) => item)) return "Weights that sum to nothing rank nobody.";
    const scored = built.map((item) => {
      const [values, lows, highs] = item.ends.map((end) => end.map((one) => total(one, weights)).filter(Boolean));
      return { ...item, value: values[0] ?? null, low: lows.length ? least(lows) : null, high: highs.length ? most(highs) : null };
    });
    const values = scored.map((item) => item.value).filter(Boolean);
    for (const item of scored) {
      item.place = item.value ? 1 + above(values, item.value) : Infinity;
      const cells = item.row.cells;
      const ties = item.value ? values.filter((other) => !less(other, item.value) && !less(item.value, other)).length : 0;
      const [best, worst] = item.low ? range(item, scored) : [];
      const place = item.value ? `${item.place}${ties > 1 ? "=" : ""}` : "–";
      const between = best && !(best === worst && best === item.place) ? ` <small>${best}–${worst}</small>` : "";
      cells[1].innerHTML = place + between;
      cells[2].querySelector("b").textContent = item.value ? written(item.value) : "–";
      cells[2].querySelector("svg").toggleAttribute("hidden", true);
      if (couldBe > 0) {
        const [low, high] = item.low ? [written(item.low), written(item.high)] : [];
        cells[couldBe].textContent = item.low && less(item.low, item.high) && low !== high ? `${low}–${high}` : "–";
      }
    }
    scored.sort((a, b) => (a.place === b.place ? 0 : a.place < b.place ? -1 : 1));
    for (const item of scored) body.append(item.row);
    return "Ranked by your weights; ranges over unknown answers only.";
  };

  const key = "w";
  const update = () => {
    output.textContent = show();
    const url = new URL(location.href);
    if (output.textContent) url.searchParams.set(key, fields.map((field) => field.value).join("_"));
    else url.searchParams.delete(key);
    history.replaceState(null, "", url);
  };
  const sliders = [...form.querySelectorAll("input[type=range]")];
  form.addEventListener("input", ({ target }) => {
    const place = sliders.indexOf(target);
    if (place >= 0) fields[place].value = target.value;
    else sliders[fields.indexOf(target)].value = target.value;
    update();
  });
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  const asked = new URLSearchParams(location.search).get(key)?.split("_");
  if (asked?.length === fields.length) {
    asked.forEach((text, place) => {
      fields[place].value = sliders[place].value = text;
    });
    output.textContent = show();
  }
  form.hidden = false;
})();
