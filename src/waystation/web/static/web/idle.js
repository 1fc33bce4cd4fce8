// Before the server locks for want of requests: say so, count down, offer to stay. Typing counts as being here; a poll does not.
(() => {
  const { idleSeconds, awake } = document.body.dataset, dialog = document.getElementById("idle");
  const others = new BroadcastChannel("awake");
  if (!awake || !dialog) { others.postMessage("locked"); return; } // the door is shown here: other windows show nothing either
  const limit = Number(idleSeconds) * 1000, warning = Math.min(60_000, limit / 2), beat = Math.min(30_000, limit / 4);
  const count = dialog.querySelector("[data-idle-count]");
  let seen = Date.now(), told = seen, tick = seen;
  const lock = () => {
    clearInterval(clock);
    const form = document.querySelector("[data-lock]");
    if (form) form.requestSubmit(); else location.replace("/");
  };
  const tell = async () => {
    told = Date.now();
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    try {
      const answer = await fetch(awake, { method: "POST", headers: { "X-CSRFToken": token }, cache: "no-store", redirect: "manual" });
      if (answer.status !== 204) location.replace("/"); // locked meanwhile: leave nothing on the screen
      else others.postMessage("");
    } catch { location.replace("/"); }
  };
  others.onmessage = ({ data }) => {
    if (data === "locked") { location.replace("/"); return; }
    told = Date.now();
    if (dialog.open) dialog.close("another window");
  };
  others.postMessage(""); // this page's own request told the server already
  const here = () => { seen = Date.now(); };
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) document.addEventListener(kind, here, { passive: true });
  dialog.addEventListener("close", () => { if (dialog.returnValue !== "another window") tell(); dialog.returnValue = ""; });
  document.addEventListener("visibilitychange", () => { tick = Date.now(); }); // browsers slow the clock of hidden windows
  const clock = setInterval(() => {
    const now = Date.now(), left = limit - (now - told);
    if ((!document.hidden && now - tick > 30_000) || left <= 0) { lock(); return; } // the device slept, or time is up
    tick = now;
    if (dialog.open || left <= warning) count.textContent = String(Math.ceil(left / 1000));
    if (!dialog.open && seen > told && now - told > beat) tell();
    else if (!dialog.open && left <= warning) dialog.showModal();
  }, 1000);
})();
