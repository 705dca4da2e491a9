"use strict";
// All that the page says is there without this: tables that sort, a choice of colours, a button that copies the command.
const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

// "1.6 min (1.5 – 1.9)" sorts as 96, "−3 %" as −3; what begins with no number sorts as text, behind all numbers.
const seconds = new Map([["ns", 1e-9], ["µs", 1e-6], ["ms", 1e-3], ["s", 1], ["min", 60], ["h", 3600], ["d", 86400], ["y", 31536000]]);
const number = text => {
  const found = /^[\u003c>≥≤×+±\s]*([−-]?)(\d[\d\s]*(?:\.\d+)?(?:e-?\d+)?)\s*([^\d\s(]*)/.exec(text);
  return found ? Number(found[2].replace(/\s/g, "")) * (found[1] ? -1 : 1) * (seconds.get(found[3]) ?? 1) : NaN;
};
const order = (a, b, sign) => {
  const [x, y] = [number(a), number(b)];
  return Number.isNaN(x) - Number.isNaN(y) || sign * (Number.isNaN(x) ? a.localeCompare(b, "en") : x - y);
};

for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0];
  if (body.rows.length === 1) continue;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = made("button", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const way = head.ariaSort === "ascending" ? "descending" : "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.ariaSort = way;
      const text = row => row.cells[column].textContent.trim();
      const sign = way === "ascending" ? 1 : -1;
      body.replaceChildren(...[...body.rows].sort((a, b) => order(text(a), text(b), sign)));
    });
  });
}

const tools = made("div", "");
tools.className = "tools";
const label = made("label", "Colours");
label.htmlFor = "theme";
const theme = made("select", "");
theme.id = "theme";
for (const name of ["auto", "light", "dark"]) theme.append(made("option", name));
theme.addEventListener("change", () => { document.documentElement.dataset.theme = theme.value; });
tools.append(label, theme);
document.querySelector("header").append(tools);

// A page that came over plain HTTP may not copy.
for (const command of navigator.clipboard ? document.querySelectorAll(".command") : []) {
  const copy = made("button", "Copy the command");
  copy.className = "copy";
  copy.type = "button";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command.textContent);
    copy.textContent = "Copied";
  });
  command.after(copy);
}

// Paper has nothing to unfold.
addEventListener("beforeprint", () => document.querySelectorAll("details:not(.data)").forEach(details => { details.open = true; }));
