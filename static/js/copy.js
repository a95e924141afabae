// A button beside what is meant to be copied: citations and their code.
(() => {
  if (!navigator.clipboard) return;
  for (const text of document.querySelectorAll(".cite_as, .cite_this pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "meta";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        said.textContent = " Copied";
      } catch {
        said.textContent = " Not copied: select the text instead";
      }
      setTimeout(() => (said.textContent = ""), 4000);
    });
    text.after(button, said);
  }
})();
