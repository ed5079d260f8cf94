// Everything works without this file. It only saves a click here and there.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
for (const form of document.querySelectorAll("form[data-busy]")) {
  const said = form.appendChild(document.createElement("p"));
  said.setAttribute("role", "status");
  form.addEventListener("submit", () => (said.textContent = form.dataset.busy));
}
for (const box of document.querySelectorAll("input[data-select-all]")) {
  box.addEventListener("focus", () => box.select());
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// what is copied stands in the box that the button names, or in the words kept beside it; where the browser does not let us copy, it is
// marked, ready for its own way
for (const button of document.querySelectorAll("button[data-copy]")) {
  const box = document.getElementById(button.dataset.copy) ?? button.closest(".al-keep").querySelector("[data-kept]");
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select ? box.select() : getSelection().selectAllChildren(box);
    const copied = await navigator.clipboard?.writeText(box.value ?? box.textContent).then(() => true, () => false);
    said.textContent = copied || document.execCommand("copy") ? "Copied" : "Selected: copy it with your keyboard";
  });
}
for (const link of document.querySelectorAll("a[data-tick]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of link.closest("form").querySelectorAll("input[type=checkbox]")) box.checked = link.dataset.tick === "all";
    const next = link.dataset.tick === "all" ? "none" : "all";
    link.textContent = link.textContent.replace(/^\w+/, next === "all" ? "Tick" : "Untick");
    link.dataset.tick = next;
  });
}
for (const said of document.querySelectorAll("[data-for-ticked]")) {
  const boxes = [...document.querySelectorAll(`input[type=checkbox][name=${said.dataset.forTicked}]`)];
  const each = said.dataset.said.split("\n");
  const tell = () => (said.firstElementChild.textContent = each[boxes.filter((box) => box.checked).length - 1] ?? "");
  boxes.forEach((box) => box.addEventListener("change", tell));
}

// fields that only some answers ask for: hidden while none of those is chosen; without scripts their hint says when they are wanted
for (const part of document.querySelectorAll("[class*=al-shown-with--]")) {
  const form = part.closest("form");
  const values = [...part.className.matchAll(/al-shown-with--(\S+)/g)].map(([, value]) => value);
  const show = () => (part.hidden = ![...form.querySelectorAll("input:checked")].some((one) => values.includes(one.value.replaceAll(" ", "-"))));
  form.addEventListener("change", show);
  show();
}
