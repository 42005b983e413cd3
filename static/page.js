// Times in the visitor's zone, and how long ago or how soon they are. The page is whole without it.
"use strict";
(() => {
  const opened = Date.now();
  const part = (t, options, locale = "en-GB") => new Intl.DateTimeFormat(locale, options).format(t);
  const zone = (t) => {
    for (const locale of ["en-GB", "en-US"]) {
      const name = new Intl.DateTimeFormat(locale, { timeZoneName: "short" })
        .formatToParts(t).find((p) => p.type === "timeZoneName").value;
      if (!/\d/.test(name)) return name;
    }
    return part(t, { timeZoneName: "longOffset", hour: "numeric" }).replace(/^.*GMT/, "UTC");
  };
  const date = (t) => part(t, { day: "numeric", month: "long", year: "numeric" });
  const clock = (t) => part(t, { hour: "2-digit", minute: "2-digit" }) + " " + zone(t);
  const exact = (t) => part(t, { hour: "2-digit", minute: "2-digit", second: "2-digit" }) + " " + zone(t);
  const stamp = (t) => date(t) + ", " + clock(t);
  const auto = (t) => (date(t) === date(new Date()) ? clock(t) : stamp(t));
  const count = (n, word) => n + " " + word + (n === 1 ? "" : "s");
  const length = (s) => {
    if (s < 60) return count(Math.floor(s), "second");
    if (s < 3600) return count(Math.floor(s / 60), "minute");
    if (s < 86400) return count(Math.floor(s / 3600), "hour");
    return count(Math.floor(s / 86400), "day");
  };
  const since = (t) => Math.max(0, (Date.now() - t) / 1000);
  const ago = (t) => (since(t) < 1 ? "just now" : length(since(t)) + " ago");
  const until = (t) => {
    const s = (t - Date.now()) / 1000;
    return s > 0 ? "in " + length(s) : since(t) < 60 ? "any moment now" : length(since(t)) + " late";
  };
  const formats = { date, clock, exact, stamp, auto, ago, until, for: (t) => "for " + length(since(t)) };
  const moving = ["ago", "until", "for"];
  const show = (el) => {
    const text = formats[el.dataset.f](new Date(el.dateTime));
    if (el.textContent !== text) el.textContent = text;
  };
  const times = [...document.querySelectorAll("time[data-f]")];
  times.forEach(show);
  const note = document.querySelector("[data-zone]");
  if (note) note.textContent = "Times are in your time zone (" + zone(new Date()) + ").";
  const kept = times.filter((el) => moving.includes(el.dataset.f));
  const again = document.querySelector("[data-again]");
  const tick = () => {
    kept.forEach(show);
    if (again) again.hidden = Date.now() - opened < 60000;
  };
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
})();
