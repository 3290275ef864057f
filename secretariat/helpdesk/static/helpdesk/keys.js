// Single keys for the desk. Every one of them presses a link or button that is there without this script.
// They can be turned off on the page of keys (WCAG 2.1.4); the choice stays in this browser.
"use strict";
(() => {
  const CHOICE = "desk-keys";
  const FIELDS = "input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea, select, [contenteditable]";

  const areOn = () => {
    try {
      return localStorage.getItem(CHOICE) !== "off";
    } catch {
      return true;
    }
  };

  const rows = () => [...document.querySelectorAll("table.list tbody th a")];

  const step = (by) => {
    const links = rows();
    const here = links.indexOf(document.activeElement);
    const next = links[Math.min(Math.max(here + by, 0), links.length - 1)];
    if (next) next.focus();
  };

  const press = (target) => {
    if (!target.matches(FIELDS)) {
      target.click();
      return;
    }
    target.focus({ preventScroll: true });
    (target.closest(".desk-reply") ?? target).scrollIntoView({ block: "start", behavior: "instant" });
    if (target.matches("textarea")) target.setSelectionRange(target.value.length, target.value.length);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement?.matches(FIELDS)) {
      document.activeElement.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat && document.activeElement?.form) {
      const send = document.activeElement.form.querySelector('[data-key="s"], .button--primary');
      if (send) {
        event.preventDefault();
        send.click();
      }
      return;
    }
    if (!areOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target instanceof Element && event.target.matches(FIELDS)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (target) {
      event.preventDefault();
      press(target);
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    }
  });

  const button = document.querySelector('[data-switch="keys"]');
  if (button) {
    const say = () => {
      button.textContent = areOn() ? "Single keys are on: turn them off" : "Single keys are off: turn them on";
      button.setAttribute("aria-pressed", String(areOn()));
    };
    button.addEventListener("click", () => {
      localStorage.setItem(CHOICE, areOn() ? "off" : "on");
      say();
    });
    button.parentElement.hidden = false;
    say();
  }
})();
