// Names stay blurred until held, focused with Enter, or all shown with `n`. Without script, pointing or focusing shows them (frame.css).
(() => {
  const names = [...document.querySelectorAll("[data-sealed]")];
  if (!names.length) return;
  const show = (name, on) => { name.classList.toggle("shown", on); name.setAttribute("aria-pressed", String(on)); };
  for (const name of names) {
    name.setAttribute("role", "button");
    show(name, false);
    name.addEventListener("pointerdown", () => show(name, true));
    for (const end of ["pointerup", "pointerleave", "blur"]) name.addEventListener(end, () => show(name, false));
    name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      show(name, !name.classList.contains("shown"));
    });
  }
  const all = () => { const on = names.some((name) => !name.classList.contains("shown")); names.forEach((name) => show(name, on)); };
  document.querySelectorAll("[data-show-names]").forEach((button) => button.addEventListener("click", all));
  document.addEventListener("keydown", (event) => {
    if (letterOf(event) !== "n" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!event.target.closest("input, textarea, select, dialog[open]")) all();
  });
})();
