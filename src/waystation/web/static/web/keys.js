// Keys: single letters act outside of fields.
(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const lock = () => document.querySelector("[data-lock]")?.requestSubmit();
  const move = (step) => {
    const all = rows(), at = all.indexOf(document.activeElement?.closest("[data-row]"));
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    (next?.querySelector("a, button:not(.blurred)") ?? next)?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const here = () => document.activeElement?.closest("[data-row]");
  const single = {
    "?": () => document.getElementById("keys")?.showModal(),
    "/": () => document.querySelector("main [type=search], main [data-search]")?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => (here() ?? rows()[0])?.querySelector("[data-choose]")?.click(),
  };
  // Only where lines can be chosen: elsewhere `a` begins what may be added to a case.
  const page = document.querySelector("[data-choose-page]");
  if (page) {
    single.a = () => page.click();
    single.d = () => document.querySelector(".any .many select")?.focus();
  }
  const sequences = new Map([["l l", lock]]);
  document.querySelectorAll("#palette [data-keys], main [data-keys]").forEach((line) => sequences.set(line.dataset.keys, () => line.click()));

  let before = "", timer;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey && event.shiftKey && letterOf(event) === "l") { event.preventDefault(); lock(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open], [contenteditable]")) return;
    const key = letterOf(event), act = sequences.get(`${before} ${key}`) ?? (before ? undefined : single[key]);
    clearTimeout(timer);
    before = "";
    if (act) { event.preventDefault(); act(); } else if (key) {
      before = key;
      timer = setTimeout(() => { before = ""; }, 2000);
    }
  });
  document.querySelectorAll("[data-open-keys]").forEach((button) => button.addEventListener("click", single["?"]));
  document.querySelector("[data-focus]")?.focus();
  // A table that must be scrolled sideways can be reached by Tab, and then scrolled by arrows.
  const reachable = (wrap) => { if (wrap.scrollWidth > wrap.clientWidth || wrap.scrollHeight > wrap.clientHeight) wrap.tabIndex = 0; };
  const watching = new ResizeObserver((seen) => seen.forEach(({ target }) => reachable(target.closest(".table-wrap, .table-responsive"))));
  document.querySelectorAll(".table-wrap, .table-responsive").forEach((wrap) => {
    reachable(wrap);
    [wrap, ...wrap.children].forEach((each) => watching.observe(each));
  });
  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
})();
