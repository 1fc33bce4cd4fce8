// Choosing lines of a list: a box each, all of the page, or all that match; how many are chosen is said.
(() => {
  const form = document.querySelector("[data-choosing]");
  const boxes = form ? [...form.querySelectorAll("[data-choose]")] : [];
  if (!boxes.length) return;
  const page = form.querySelector("[data-choose-page]"), every = form.querySelector("[data-choose-all]");
  const told = form.querySelector("[data-chosen-count]");
  form.classList.add("scripted");
  const tell = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    page.checked = chosen === boxes.length;
    page.indeterminate = chosen > 0 && chosen < boxes.length;
    form.classList.toggle("any", chosen > 0);
    told.textContent = every?.checked || !chosen ? "" : told.dataset.chosenCount.replace("#", chosen);
  };
  const all = (on) => { boxes.forEach((box) => { box.checked = on; }); tell(); };
  page.addEventListener("change", () => all(page.checked));
  every?.addEventListener("change", () => all(every.checked));
  let last = -1;
  boxes.forEach((box, at) => box.addEventListener("click", (event) => {
    // With Shift, everything between the last one and this one becomes as this one is.
    if (event.shiftKey && last >= 0) boxes.slice(Math.min(last, at), Math.max(last, at) + 1).forEach((each) => { each.checked = box.checked; });
    last = at;
    if (every && !box.checked) every.checked = false;
    tell();
  }));
  tell();
})();
