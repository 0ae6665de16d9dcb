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

// Live parts that cannot be fetched say so where they report.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const status = document.getElementById(event.detail.elt.dataset.status);
    if (status) status.textContent = "This could not be checked just now. What you typed is still here.";
  });
}
