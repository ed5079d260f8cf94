// Everything works without this file. It only saves a click here and there.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
for (const box of document.querySelectorAll("input[data-select-all]")) {
  box.addEventListener("focus", () => box.select());
}
