// Moving about in the calendar, and moving posts: comfort only, each has a Move link.

const table = document.querySelector("[data-calendar]");
const drop = document.getElementById("drop");
const cells = (row) => [...row.querySelectorAll("td[data-day]")];
const posts = (cell) => [...cell.querySelectorAll("a[id]")];
const ways = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// The post, day or cell to which an arrow leads: first within a cell, then beyond it.
function next(from, key) {
  const cell = from.closest("td[data-day]");
  if (!cell) return table.querySelector("a[id], td[data-day]");
  const [down, right] = ways[key];
  const inside = posts(cell);
  const within = down && inside[inside.indexOf(from) + down];
  if (within && (from !== cell || down > 0)) return within;
  const rows = [...table.tBodies[0].rows];
  const row = rows[rows.indexOf(cell.parentElement) + down];
  const there = row && cells(row)[cells(cell.parentElement).indexOf(cell) + right];
  if (!there) return null;
  const found = posts(there);
  return (down < 0 ? found.at(-1) : found[0]) ?? there;
}

table?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const card = event.target.closest("[data-move]");
  if (event.key.toLowerCase() === "m" && card) {
    card.querySelector(".wl-entry-card__move").click();
  } else if (event.key === "Enter" && event.target.matches("td")) {
    event.target.querySelector("a")?.click();
  } else if (ways[event.key]) {
    event.preventDefault();
    next(event.target, event.key)?.focus();
  }
});

let dragged = null;

table?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-move]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.move);
});

table?.addEventListener("dragend", () => { dragged = null; });

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  table?.addEventListener(kind, (event) => {
    const cell = event.target.closest?.("td[data-day]");
    if (!cell || !dragged) return;
    event.preventDefault();
    cell.classList.toggle("wl-calendar__target", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") put(dragged, cell);
  });
}

// The hour of the cell it fell on, or the time it had; the server says what it thinks.
function put(post, cell) {
  const [hour, minute] = post.dataset.time.split(":");
  const { date, time } = drop.elements;
  date.value = cell.dataset.day;
  time.value = `${(cell.dataset.hour ?? hour).padStart(2, "0")}:${minute}`;
  const from = post.closest("td").dataset;
  if (from.day === date.value && from.hour === cell.dataset.hour) return;
  drop.action = post.dataset.move;
  drop.submit();
}

// After a move the post that was moved has the focus again.
if (location.hash) document.querySelector(`a[id="${CSS.escape(location.hash.slice(1))}"]`)?.focus();
