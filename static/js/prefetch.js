// Has the browser fetch a page when its link is pointed at. Rules that a script adds, because
// validators do not know them in HTML yet.
(() => {
  if (!HTMLScriptElement.supports?.("speculationrules")) return;
  const root = new URL("../", document.currentScript.src).pathname;
  const rules = { prefetch: [{ where: { href_matches: `${root}*/` }, eagerness: "moderate" }] };
  const script = Object.assign(document.createElement("script"), { type: "speculationrules" });
  script.textContent = JSON.stringify(rules);
  document.head.append(script);
})();
