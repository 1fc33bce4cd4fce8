// Light or dark before the first paint: the person's choice, or the device's.
(() => {
  const root = document.documentElement;
  if (root.dataset.chosen !== "system") return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  dark.addEventListener("change", apply);
  apply();
})();
