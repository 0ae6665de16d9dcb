// Comfort only: every page works without this file.

// A button with data-copy="ID" copies what the element of that id holds.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
  const words = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = words; }, 2000);
});

// An open group of the menu closes with Escape, and when something else is clicked.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".wl-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(".wl-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Live parts that cannot be fetched say so where they report.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const status = document.getElementById(event.detail.elt.dataset.status);
    if (status) status.textContent = "This could not be checked just now. What you typed is still here.";
  });
}

// In a list with data-keys that has the focus, j and k move among its rows.
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  const list = event.target.closest("[data-keys]");
  if (!step || !list || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...list.querySelectorAll("a")];
  links[links.indexOf(event.target) + step]?.focus();
});

// A live region says only what is new: the same words again stay unsaid.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const { target, fragment } = event.detail;
  if (target.role === "status" && words(target) === words(fragment)) event.detail.shouldSwap = false;
});
