// Keeps what is typed into a reply on the server a moment after every pause, and when the page is left.
// Without this script "Keep as a draft" and every other button of the form do the same.
"use strict";
(() => {
  const form = document.querySelector("form#reply");
  if (!form) return;
  const PAUSE = 2000;
  const told = document.querySelector("#draft-told");
  let waiting = 0;
  let changed = false;

  const typed = () => {
    const data = new FormData(form);
    data.delete("file");
    data.set("go", "autosave");
    return data;
  };

  const keep = async () => {
    changed = false;
    try {
      const answer = await fetch(location.href, { method: "POST", body: typed(), credentials: "same-origin" });
      if (told) told.textContent = answer.status === 204 ? "Kept as a draft." : "The draft could not be kept: send or copy your words.";
    } catch {
      if (told) told.textContent = "The draft could not be kept: send or copy your words.";
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(waiting);
  });
  addEventListener("pagehide", () => {
    if (changed) navigator.sendBeacon(location.href, typed());
  });

  // The desk begins at its own head: the site's menus are one key press of Home away.
  const head = document.querySelector(".desk-head");
  if (head && !location.hash && document.activeElement === document.body && scrollY === 0) {
    head.scrollIntoView({ block: "start", behavior: "instant" });
  }

  const summary = document.querySelector(".error-summary, #preview");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }
})();
