// Copy a credential without showing it: it goes from the answer to the clipboard, and
// never into the page. The buttons are hidden until this listens: before, they would
// show. Without this file there is "Show".

const buttons = navigator.clipboard ? document.querySelectorAll("[data-copy-unseen]") : [];

async function asked(form) {
  const fields = new FormData(form);
  fields.set("how", "copy");
  const answer = await fetch(form.action, { method: "POST", body: fields, cache: "no-store" });
  if (answer.ok) return answer.text();
  throw new Error(answer.status === 409 ? await answer.text() : "That did not work. Reload the page.");
}

for (const button of buttons) {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const form = button.form;
    const status = document.getElementById(button.dataset.status);
    for (const each of form.querySelectorAll("button")) each.disabled = true;
    try {
      await navigator.clipboard.writeText(await asked(form));
      status.textContent = "Copied, and not shown. Paste it now, then copy something else.";
    } catch (failure) {
      status.textContent = failure.name === "NotAllowedError"
        ? "The browser does not let pages copy. Check it out again and take Show."
        : failure.message;
    }
  });
  button.hidden = false;
}
