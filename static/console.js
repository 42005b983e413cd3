// Ctrl+Enter sends what is being written, and a promise counts down. The console is whole without it.
"use strict";
(() => {
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || !e.target.form) return;
    const button = e.target.form.querySelector("button[data-main]");
    if (!button) return;
    e.preventDefault();
    e.target.form.requestSubmit(button);
  });

  const two = (n) => String(n).padStart(2, "0");
  const clock = (s) => {
    if (s >= 2 * 86400) return Math.floor(s / 86400) + " days";
    const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return (h ? h + ":" + two(m) : m) + ":" + two(Math.floor(s) % 60);
  };
  const left = () => document.querySelectorAll("time[data-left]").forEach((el) => {
    const s = (new Date(el.dateTime) - Date.now()) / 1000;
    el.textContent = s > 0 ? clock(s) + " left" : clock(-s) + " late";
    el.toggleAttribute("data-late", s <= 0);
  });
  left();
  setInterval(left, 1000);

  const composer = document.getElementById("composer");
  const promise = composer && composer.querySelector("select[name=promise]");
  const needless = () => {
    const chosen = composer.querySelector("input[name=status]:checked");
    promise.disabled = !!chosen && (chosen.value === "note" || chosen.value === "resolved");
  };
  if (promise) {
    composer.addEventListener("change", needless);
    needless();
  }
})();
