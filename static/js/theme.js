// The reader's choice of colours. base.html applies a stored choice before the first paint; what
// is chosen back to the system's own is forgotten.
(() => {
  const key = "alliance-site-theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const masthead = document.querySelector(".masthead");
  if (!masthead) return;
  const button = document.createElement("button");
  button.className = "theme";
  button.type = "button";
  button.innerHTML = '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/></svg>';

  const system = () => (dark.matches ? "dark" : "light");
  const current = () => (/^(dark|light)$/.test(root.dataset.theme) ? root.dataset.theme : system());
  const other = () => (current() === "dark" ? "light" : "dark");
  const show = () => {
    button.title = `Use ${other()} colours`;
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    const choice = other();
    root.dataset.theme = choice;
    try {
      if (choice === system()) localStorage.removeItem(key);
      else localStorage.setItem(key, choice);
    } catch {
      // A browser that stores nothing keeps the choice for this page.
    }
    show();
  });
  dark.addEventListener("change", show);
  masthead.insertBefore(button, masthead.querySelector("nav"));
  show();
})();
