// Shows a page again once its site was built again, and says on it what is wrong with the content.
// Only `serve` adds this; no file of a site holds it.
(() => {
  if (window.top !== window) return;
  const { src } = document.currentScript;
  const edition = new URL(src).search.slice(1);
  let news, bar;

  const style = (element, text) => Object.assign(element.style, { cssText: text }) && element;
  const make = (name, css) => style(document.createElement(name), css);

  function makeBar() {
    const host = make("div", "all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647");
    host.setAttribute("role", "alert");
    const box = make("details", "font: 14px/1.5 system-ui, sans-serif; color: #fff; background: #8c1d18");
    box.open = true;
    const title = make("summary", "padding: .6em 1em; font-weight: 600; cursor: pointer");
    title.textContent = "Not built: the content has faults. This page is the one before them.";
    const report = make("pre", "margin: 0; padding: 0 1em 1em; max-height: 45vh; overflow: auto; font: 13px/1.5 ui-monospace, monospace");
    report.tabIndex = 0;
    box.append(title, report);
    host.attachShadow({ mode: "open" }).append(box);
    document.body.append(host);
    return { host, report };
  }

  function show(faults) {
    const page = document.querySelector("[data-faults]"); // the one that stands in for all others
    if (page) {
      if (page.textContent !== faults) location.reload();
    } else if (faults) {
      bar ??= makeBar();
      bar.report.textContent = faults;
    } else {
      bar?.host.remove();
      bar = undefined;
    }
  }

  // A browser has few connections to one server: pages that nobody looks at hold none.
  function listen() {
    news?.close();
    if (document.hidden) return;
    news = new EventSource(new URL("news", src));
    news.addEventListener("message", ({ data }) => {
      const told = JSON.parse(data);
      if (told.edition === edition) show(told.faults);
      else location.reload();
    });
  }
  addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => news?.close());
  addEventListener("pageshow", listen);
})();
