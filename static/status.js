// Groups that stay folded, and days under the bars. Without it groups fold all the same, and bars lead to a calendar.
"use strict";
(() => {
  // Groups fold while all in them is well. Which of those a visitor opened is kept.
  const well = "details.group[data-s=ok]";
  const kept = (() => { try { return JSON.parse(localStorage.unfolded); } catch {} })() || [];
  document.querySelectorAll(well).forEach((el) => { el.open = kept.includes(el.dataset.k); });
  document.addEventListener("toggle", ({ target: el }) => {
    if (!el.matches(well) || el.open === kept.includes(el.dataset.k)) return;
    if (el.open) kept.push(el.dataset.k);
    else kept.splice(kept.indexOf(el.dataset.k), 1);
    try { localStorage.unfolded = JSON.stringify(kept.slice(-99)); } catch {}
  }, true);

  // A day of a component, by pointer or arrow keys.
  const long = 864e5;
  const iso = (t) => new Date(t).toISOString().slice(0, 10);
  const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft", forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const bars = (el) => el.closest?.(".component")?.querySelector(".days");
  const box = (link) => link.parentNode.querySelector(".day");
  const next = (link) => link.turn = (link.turn || 0) + 1; // of what is asked for under one component's bars, the last counts
  const close = (link) => {
    next(link);
    box(link)?.remove();
    link.focus();
  };
  const show = async (link, wanted) => {
    const last = Date.parse(link.dataset.to), count = +link.dataset.days;
    const time = Math.min(last, Math.max(last - (count - 1) * long, wanted)), day = iso(time);
    const mine = next(link), address = link.pathname + "/days/" + day + link.search;
    let part;
    try {
      const answer = await fetch(address);
      part = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".day");
    } catch {}
    if (mine !== link.turn || !link.isConnected) return;
    if (!part) { location.href = address; return; }
    let el = box(link);
    const held = el?.contains(document.activeElement) && document.activeElement.rel;
    if (!el) {
      el = document.createElement("div");
      el.className = "day";
      el.setAttribute("role", "status");
      el.kept = true; // page.js leaves it where it is
      link.after(el);
    }
    el.dataset.day = day;
    el.style.setProperty("--at", (100 * (1 - ((last - time) / long + .65) / count)) + "%");
    el.replaceChildren(...part.childNodes);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet small";
    button.textContent = document.documentElement.dataset.close;
    (el.querySelector(".turn") || el).append(button);
    document.dispatchEvent(new CustomEvent("candor:new", { detail: el }));
    if (held !== undefined && held !== false) (el.querySelector("[rel=" + (held || "prev") + "]") || button).focus();
  };
  const shown = (link) => Date.parse(box(link)?.dataset.day || "");
  document.addEventListener("click", (event) => {
    const link = bars(event.target);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const go = event.target.closest(".day [rel]");
    if (event.target.closest(".day button")) close(link);
    else if (go) show(link, Date.parse(go.pathname.slice(-10)));
    else if (link.contains(event.target)) {
      const { left, width } = link.getBoundingClientRect();
      const before = (event.clientX - left) / width;
      const days = event.detail ? Math.floor((document.dir === "rtl" ? before : 1 - before) * link.dataset.days) : 0;
      show(link, Date.parse(link.dataset.to) - days * long);
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const link = bars(event.target);
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = Date.parse(link.dataset.to), now = shown(link) || last + long;
    if (event.key === "Escape" && box(link)) close(link);
    else if (event.target !== link) return;
    else if (event.key === back) show(link, now - long);
    else if (event.key === forth) show(link, now + long);
    else if (event.key === "Home") show(link, 0);
    else if (event.key === "End") show(link, last);
    else return;
    event.preventDefault();
  });
})();
