// Everything works without this file. It only saves a click here and there.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
for (const box of document.querySelectorAll("input[data-select-all]")) {
  box.addEventListener("focus", () => box.select());
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
  const show = () => (part.hidden = !values.some((value) => form.querySelector(`input[value="${value}"]:checked`)));
  form.addEventListener("change", show);
  show();
}
