// The frame that embed.js puts on other sites: it says when it should be seen, and looks again now and then.
"use strict";
(() => {
  let main = document.querySelector("main");
  const said = document.getElementById("said");
  const tell = (action) => parent.postMessage({ action, key: main.dataset.key, title: document.title,
    height: Math.ceil(main.getBoundingClientRect().height) }, "*"); // whoever frames it may know what is public
  const show = () => {
    if (!main.dataset.key) return tell("dismissFrame");
    tell("showFrame");
    said.textContent = document.title + ". " + main.querySelector("h1").textContent;
  };
  const dismiss = () => {
    said.textContent = "";
    tell("dismissFrame");
  };
  document.addEventListener("click", ({ target }) => target.closest("button") && dismiss());
  document.addEventListener("keydown", ({ key }) => key === "Escape" && main.dataset.key && dismiss());
  new ResizeObserver(() => main.dataset.key && tell("showFrame")).observe(document.body);
  let asked = Date.now();
  const ask = async () => {
    if (document.hidden || Date.now() - asked < 5e4) return;
    asked = Date.now();
    try {
      const answer = await fetch("/embed/frame" + location.search);
      const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page && page.querySelector("main");
      if (!next || next.outerHTML === main.outerHTML) return;
      const news = next.dataset.key !== main.dataset.key;
      document.title = page.title;
      main.replaceWith(next);
      main = next;
      document.dispatchEvent(new CustomEvent("candor:new", { detail: main }));
      if (news) show();
      else if (main.dataset.key) tell("showFrame");
    } catch {}
  };
  setInterval(ask, 55e3 + Math.random() * 1e4);
  document.addEventListener("visibilitychange", ask);
  show();
})();
