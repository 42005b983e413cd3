// Times in the visitor's zone, and how long ago or how soon they are. The page is whole without it.
"use strict";
(() => {
  let heard = Date.now();
  const words = document.documentElement.dataset;
  const lang = document.documentElement.lang;
  const locale = lang === "en" ? "en-GB" : lang + "-u-nu-latn";
  let utc = (() => { try { return localStorage.utc === "yes"; } catch {} })();
  const made = {}; // a formatter takes longer to make than all the times of a page to write
  const formatter = (l, options) => made[l + JSON.stringify(options)] ??= new Intl.DateTimeFormat(l, options);
  const part = (t, options, l = locale, inUTC = utc) => formatter(l, inUTC ? { ...options, timeZone: "UTC" } : options).format(t);
  const zones = {};
  const zone = (t) => utc ? "UTC" : zones[t.getTimezoneOffset()] ??= zoneAt(t);
  const zoneAt = (t) => {
    for (const locale of ["en-GB", "en-US"]) {
      const name = formatter(locale, { timeZoneName: "short" }).formatToParts(t).find((p) => p.type === "timeZoneName").value;
      if (!/\d/.test(name)) return name;
    }
    return part(t, { timeZoneName: "longOffset", hour: "numeric" }, "en-GB").replace(/^.*GMT/, "UTC");
  };
  const date = (t) => part(t, { dateStyle: "long" });
  const clock = (t) => part(t, { timeStyle: "short" }) + " " + zone(t);
  const exact = (t) => part(t, { timeStyle: "medium" }) + " " + zone(t);
  const join = (date, time) => words.stamp.replace("{1}", date).replace("{0}", time);
  const stamp = (t) => join(date(t), clock(t));
  const inUTC = (t) => join(part(t, { dateStyle: "long" }, locale, true), part(t, { timeStyle: "medium" }, locale, true) + " UTC");
  const auto = (t) => (date(t) === date(new Date()) ? clock(t) : stamp(t));
  const largest = (s) => {
    if (s < 60) return [Math.floor(s), "second"];
    if (s < 3600) return [Math.floor(s / 60), "minute"];
    if (s < 86400) return [Math.floor(s / 3600), "hour"];
    return [Math.floor(s / 86400), "day"];
  };
  const length = (s) => {
    const [n, unit] = largest(s);
    return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(n);
  };
  const away = (s, sign) => {
    const [n, unit] = largest(s);
    return new Intl.RelativeTimeFormat(locale, { numeric: n ? "always" : "auto" }).format(sign * n, unit);
  };
  const since = (t) => Math.max(0, (Date.now() - t) / 1000);
  const ago = (t) => away(since(t), -1);
  const until = (t) => {
    const s = (t - Date.now()) / 1000;
    return s > 0 ? away(s, 1) : since(t) < 60 ? words.due : words.late.replace("{}", length(since(t)));
  };
  const formats = { date, clock, exact, stamp, auto, ago, until, for: (t) => words.for.replace("{}", length(since(t))) };
  const moving = "time[data-f=ago],time[data-f=until],time[data-f=for]";
  const show = (el) => {
    const text = formats[el.dataset.f](new Date(el.dateTime));
    if (el.textContent !== text) el.textContent = text;
  };
  const localise = (root) => {
    root.querySelectorAll("time[data-f]").forEach(show);
    const note = root.querySelector("[data-zone]"), button = root.querySelector("[data-utc]");
    if (!note) return;
    note.textContent = utc ? button.dataset.utc : words.here.replace("{}", zone(new Date()));
    button.hidden = false;
    button.setAttribute("aria-pressed", utc);
  };
  localise(document);
  document.addEventListener("candor:new", (event) => localise(event.detail));
  document.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-languages] a");
    if (chosen) document.cookie = "lang=" + chosen.lang + "; path=/; max-age=31536000; samesite=lax";
    if (!target.closest("[data-utc]")) return;
    utc = !utc;
    try { localStorage.utc = utc ? "yes" : "no"; } catch {}
    localise(document);
  });
  const again = () => document.querySelector("[data-again]");
  const tick = () => {
    document.querySelectorAll(moving).forEach(show);
    if (again()) again().hidden = Date.now() - heard < 60000;
  };
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);

  // Live. /events names the newest edition; a page of another one fetches itself and changes where it differs.
  const main = document.querySelector("main[data-live]");
  if (!main) return;
  const said = document.getElementById("said");
  const names = ["id", "data-k", "aria-labelledby", "aria-label", "href", "class"];
  const key = (n) => n.nodeName + (n.attributes && names.map((name) => n.getAttribute(name)).find(Boolean));
  const clear = (at, end) => {
    while (at !== end) [at] = [at.nextSibling, at.kept || at.remove()];
  };
  // Makes a what b is, and keeps each node that is in both: with it the focus, the selection and an open <details>.
  // A node that says it is kept stays, too.
  const morph = (a, b) => {
    if (a.isEqualNode(b)) return;
    if (a.nodeType !== 1) { a.nodeValue = b.nodeValue; return; }
    if (b.open && !a.open && a.dataset.s !== b.dataset.s) a.open = true; // trouble came
    for (const name of new Set([...a.getAttributeNames(), ...b.getAttributeNames()])) {
      const value = b.getAttribute(name);
      if (name === "open" || value === a.getAttribute(name)) continue;
      if (value === null) a.removeAttribute(name);
      else a.setAttribute(name, value);
    }
    let at = a.firstChild;
    for (const n of [...b.childNodes]) {
      let same = at;
      while (same && key(same) !== key(n)) same = n.nodeType === 1 ? same.nextSibling : null;
      if (!same) { a.insertBefore(n, at); continue; }
      clear(at, same);
      at = same.nextSibling;
      morph(same, n);
    }
    clear(at, null);
  };
  const swap = (page) => {
    const next = page.querySelector("main[data-live]");
    if (!next) return;
    localise(page);
    const words = (el) => el.querySelector("h1").textContent;
    const say = words(next) !== words(main) ? words(next) : next.dataset.news !== main.dataset.news ? next.dataset.say : "";
    const held = document.activeElement;
    const box = (el) => el.getBoundingClientRect();
    const seen = scrollY && !CSS.supports("overflow-anchor", "auto") && [...main.children].find((el) => box(el).bottom > 0);
    const was = seen && box(seen).top;
    const links = (root) => root.querySelectorAll("link[rel=icon],link[rel=stylesheet]");
    links(page).forEach((link, i) => {
      const mine = links(document)[i];
      if (mine?.type === link.type && mine.href !== link.href) mine.href = link.href;
    });
    document.title = page.title;
    morph(main, next);
    for (const name of ["header", "footer"]) morph(document.querySelector(name), page.querySelector(name));
    if (seen?.isConnected) scrollBy(0, box(seen).top - was);
    if (!held.isConnected) {
      const link = [...main.querySelectorAll("a")].find((el) => el.href === held.href);
      (link || main).focus({ preventScroll: true });
    }
    if (say) said.textContent = say;
    heard = Date.now();
  };
  let source, wanted, etag, watch, soon, turn = 0, failures = 0, misses = 0;
  const after = (f, seconds) => { clearTimeout(soon); soon = setTimeout(f, seconds * 1000); };
  const about = (seconds) => seconds * (.5 + Math.random());
  const refresh = async () => {
    const mine = ++turn, asked = wanted;
    try {
      const url = new URL(location);
      if (asked) url.searchParams.set("edition", asked); // a name that no cache has an older page under
      const answer = await fetch(url, { cache: "no-store", headers: etag ? { "If-None-Match": etag } : {} });
      const text = answer.ok && await answer.text();
      if (mine !== turn) return;
      if (text) {
        etag = answer.headers.get("ETag");
        swap(new DOMParser().parseFromString(text, "text/html"));
      }
    } catch {}
    if (source && asked === wanted && asked !== main.dataset.live) after(refresh, about(2 ** Math.min(++misses, 6)));
  };
  const stop = () => {
    source?.close();
    source = null;
    clearTimeout(watch);
    clearTimeout(soon);
  };
  const listen = (seconds) => { clearTimeout(watch); watch = setTimeout(fail, seconds * 1000); };
  const fail = () => {
    stop();
    after(start, about(Math.min(60, 2 ** ++failures)));
  };
  const start = () => {
    stop();
    if (document.hidden) return;
    if (failures > (window.EventSource ? 2 : 0)) refresh();
    if (!window.EventSource) { fail(); return; }
    source = new EventSource("/events");
    source.onerror = fail;
    listen(20);
    const hear = (name, then) => source.addEventListener(name, (event) => {
      failures = 0;
      heard = Date.now();
      listen(60);
      then(event.data);
    });
    hear("page", (edition) => {
      wanted = edition;
      misses = 0;
      if (edition !== main.dataset.live) after(refresh, Math.random() * .4);
    });
    hear("checked", (time) => {
      const el = main.querySelector("[data-checked]");
      if (!el || el.dateTime === time) return;
      el.dateTime = time;
      el.title = inUTC(new Date(time));
      show(el);
    });
  };
  document.addEventListener("visibilitychange", start);
  addEventListener("pageshow", (event) => event.persisted && start());
  start();
})();
