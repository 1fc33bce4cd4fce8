// Ctrl-K: everything one may go to or do, narrowed by typing. The list stands in the page; nothing is fetched.
// The letter or digit a key press means: what it types, or under a Hangul or Thai layout what stands on the key.
window.letterOf = (event) => {
  const typed = event.key.toLowerCase();
  if (/^[a-z0-9?/,]$/.test(typed)) return typed;
  return /^[ -~]$/.test(typed) ? "" : (/^(?:Key|Digit)(.)$/.exec(event.code)?.[1].toLowerCase() ?? "");
};
(() => {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const filter = dialog.querySelector("input"), list = dialog.querySelector("ul"), none = dialog.querySelector(".palette-none");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  let options = [], chosen = -1;

  // What this page itself offers comes first: its buttons and links stand in [data-page-actions].
  const own = [...document.querySelectorAll("[data-page-actions] a, [data-page-actions] button")].map((target, at) => {
    const line = document.createElement("li");
    line.id = `palette-own-${at}`;
    line.setAttribute("role", "option");
    line.append(Object.assign(document.createElement("span"), { textContent: target.textContent.trim() }));
    line.act = () => target.click();
    return line;
  });
  list.prepend(...own);

  const choose = (at) => {
    options.forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
    chosen = at;
    filter.setAttribute("aria-activedescendant", options[at]?.id ?? "");
    options[at]?.scrollIntoView({ block: "nearest" });
  };
  const narrow = () => {
    const words = plain(filter.value).split(/\s+/).filter(Boolean);
    for (const line of list.children) line.hidden = !words.every((word) => plain(line.textContent).includes(word));
    options = [...list.children].filter((line) => !line.hidden);
    none.textContent = options.length ? "" : none.dataset.none;
    choose(options.length ? 0 : -1);
  };
  const act = (line) => {
    if (!line) return;
    dialog.close();
    if (line.act) line.act();
    else if ("post" in line.dataset) {
      const form = dialog.querySelector("[data-palette-post]");
      form.action = line.dataset.address;
      form.submit();
    } else location.assign(line.dataset.address);
  };
  const open = (event) => {
    event.preventDefault();
    if (dialog.open) return;
    filter.value = "";
    dialog.showModal();
    narrow();
    filter.focus();
  };

  filter.addEventListener("input", narrow);
  filter.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Enter ends a Hangul syllable; it does not choose
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) choose((chosen + step + options.length) % options.length);
    else if (event.key === "Enter") act(options[chosen]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => act(event.target.closest("li")));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.querySelectorAll("[data-open-palette]").forEach((opener) => opener.addEventListener("click", open));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && letterOf(event) === "k") open(event);
  });
})();
