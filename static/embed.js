// The status of a page on another site: <script async src="https://STATUS/embed/script.js">, as docs/embed.md tells.
"use strict";
(() => {
  const me = document.currentScript;
  if (!me) return;
  const home = new URL(me.src).origin;
  const { variant = "corner", side = "right", look, lang = document.documentElement.lang } = me.dataset;
  const dress = (el, rules) => {
    for (const [name, value] of Object.entries(rules)) el.style.setProperty(name, value, "important"); // whatever the site's own style says
  };
  const place = (put) => (document.body ? put() : addEventListener("DOMContentLoaded", put));

  // A badge beside the script, with a text for those who do not see it.
  const badge = () => {
    const link = document.createElement("a");
    const img = document.createElement("img");
    link.href = home;
    img.alt = "Status";
    link.append(img);
    me.after(link);
    const ink = (getComputedStyle(link.parentElement).color.match(/[\d.]+/g) || []).slice(0, 3).map(Number);
    dress(img, { "color-scheme": ink.reduce((sum, part) => sum + part, 0) > 382 ? "dark" : "light" }); // the site's ground, not the visitor's taste
    const ask = async () => {
      setTimeout(ask, 6e4);
      if (document.hidden) return;
      img.src = home + (look === "plain" ? "/badge-plain.svg" : "/badge.svg") + "?t=" + Math.floor(Date.now() / 6e4);
      try {
        const said = await (await fetch(home + "/api/v2/status.json")).json();
        img.alt = said.page.name + ": " + said.status.description;
      } catch {}
    };
    ask();
  };

  // A frame that says itself when there is something to say. What a visitor dismissed stays away until there is something else.
  const frame = () => {
    const el = document.createElement("iframe");
    const banner = variant === "banner";
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    const memory = "candor " + home;
    let dismissed = "";
    try { dismissed = localStorage.getItem(memory) || ""; } catch {}
    const hide = () => dress(el, banner ? { visibility: "hidden", height: "0" }
      : { visibility: "hidden", opacity: "0", transform: calm.matches ? "none" : "translateY(1rem)" });
    const show = (height) => dress(el, { visibility: "visible", opacity: "1", transform: "none", height: height + "px",
      transition: calm.matches || banner ? "none" : "opacity .25s, transform .25s" });
    el.src = home + "/embed/frame" + (lang && "?lang=" + encodeURIComponent(lang));
    el.title = "Status";
    dress(el, { border: "0", display: "block", padding: "0", "max-width": "none", "color-scheme": "normal", "min-height": "0" });
    dress(el, banner ? { width: "100%", margin: "0", position: "static" }
      : { position: "fixed", bottom: "1rem", [side === "left" ? "left" : "right"]: "1rem", width: "min(24rem, calc(100vw - 2rem))", height: "9rem", margin: "0",
        "z-index": "2147483000", "border-radius": ".5rem", "box-shadow": "0 .25rem 1.5rem rgb(0 0 0 / .25)" });
    hide();
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== home || source !== el.contentWindow || !data) return;
      if (data.action === "showFrame" && data.key !== dismissed) {
        el.title = String(data.title || "Status");
        show(Math.min(Math.max(+data.height || 0, 40), 400));
      } else {
        hide();
      }
      if (data.action === "dismissFrame" && data.key) {
        dismissed = String(data.key);
        try { localStorage.setItem(memory, dismissed); } catch {}
      }
    });
    if (banner) document.body.prepend(el);
    else document.body.append(el);
  };
  if (variant === "badge") badge();
  else place(frame);
})();
