// Keys and comfort in an office's queue; the page works without this file.

const list = document.querySelector("[data-queue]");
const rows = [...list.children];
const form = list.closest("form");
const status = document.getElementById("selected");
const keys = document.getElementById("keys");

const opens = (row) => row.querySelector("a");
const box = (row) => row.querySelector("input[type=checkbox]");
const here = () => rows.findIndex((row) => row.contains(document.activeElement));

function go(step) {
  const row = rows[here() + step];
  if (row) opens(row).focus();
}

function select(row) {
  if (box(row)) box(row).click();
  else status.textContent = "This one is decided on its own page: press Enter.";
}

const acts = {
  j: () => go(1),
  ArrowDown: () => go(1),
  k: () => go(-1),
  ArrowUp: () => go(-1),
  x: () => select(rows[here()]),
  g: () => form.requestSubmit(),
  r: () => { location.href = `${opens(rows[here()]).href}#id_note`; },
  "?": () => { keys.open = !keys.open; },
};

// Only while the list has the focus: elsewhere the same keys are for typing.
list.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onBox = event.target.matches("input");
  const act = onBox && event.key === "Enter" ? () => opens(rows[here()]).click() : acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// What is selected is shown, so that nobody grants what they did not see.
list.addEventListener("change", (event) => {
  const words = event.target.closest("li").querySelector("details");
  if (event.target.checked && words) words.open = true;
  status.textContent = `${list.querySelectorAll("input:checked").length} selected`;
});

form.addEventListener("submit", (event) => {
  if (list.querySelector("input:checked")) return;
  event.preventDefault();
  status.textContent = "Select what you want to grant first: x, or tick its box.";
});
