// Runs in the page, in a world of its own, and is given a task: what to look for, or what to do.
async (task) => {
  const deadline = performance.now() + 1000;
  const hasTime = () => performance.now() < deadline;

  // The document and all that is open below it: shadow trees, and frames of the same origin.
  const roots = [];
  const collect = (node, dx, dy) => {
    roots.push({ node, dx, dy });
    for (const el of node.querySelectorAll("*")) {
      if (!hasTime() || roots.length >= 200) return;
      if (el.shadowRoot) collect(el.shadowRoot, dx, dy);
      if (el.localName !== "iframe") continue;
      try {
        const box = el.getBoundingClientRect();
        if (el.contentDocument) collect(el.contentDocument, dx + box.left + el.clientLeft, dy + box.top + el.clientTop);
      } catch { /* of another origin */ }
    }
  };
  collect(document, 0, 0);

  if (task.hide) {
    const clean = (s) => task.hide.reduce((text, secret) => text.replaceAll(secret, "***"), s);
    for (const { node } of roots) {
      for (const el of node.querySelectorAll("input, textarea")) {
        if (clean(el.value) !== el.value) el.value = clean(el.value);
        if (clean(el.placeholder) !== el.placeholder) el.placeholder = clean(el.placeholder);
      }
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (hasTime() && texts.nextNode()) {
        const text = texts.currentNode;
        if (clean(text.data) !== text.data) text.data = clean(text.data);
      }
    }
    return hasTime() && roots.length < 200;
  }
  const shows = (el) => {
    while (el && getComputedStyle(el).display === "contents") el = el.parentElement ?? el.getRootNode().host;
    return !!el && el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const hasBox = (el) => [...el.getClientRects()].some((box) => box.width > 0 && box.height > 0);
  const inView = (box, root) => {
    const left = Math.max(0, box.left + root.dx), top = Math.max(0, box.top + root.dy);
    const right = Math.min(innerWidth, box.right + root.dx), bottom = Math.min(innerHeight, box.bottom + root.dy);
    return right - left >= 1 && bottom - top >= 1 ? [left, top, right - left, bottom - top] : null;
  };
  const find = (selector, fits) => {
    for (const root of roots) {
      for (const el of root.node.querySelectorAll(selector)) if (fits(el)) return { el, root };
    }
    return null;
  };

  if (task.find) {
    const first = find(task.find, () => true);
    const shown = find(task.find, (el) => shows(el) && hasBox(el));
    if (!shown) return first ? "it does not show" : "there is none";
    const { el, root } = shown;
    if (!task.act) return "";
    if (el.disabled || el.closest("fieldset[disabled]")) return "it is disabled";
    el.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    if (task.act === "click") {
      const box = [...el.getClientRects()].find((box) => box.width > 0 && box.height > 0);
      const x = box.left + box.width / 2, y = box.top + box.height / 2;
      const hit = el.getRootNode().elementFromPoint(x, y);
      if (hit !== el && !el.contains(hit) && hit?.closest("label")?.control !== el) return "something else covers it";
      let dx = 0, dy = 0; // frames may have moved with the scrolling
      for (let frame = el.ownerDocument.defaultView.frameElement; frame; frame = frame.ownerDocument.defaultView.frameElement) {
        const outer = frame.getBoundingClientRect();
        dx += outer.left + frame.clientLeft;
        dy += outer.top + frame.clientTop;
      }
      return { x: x + dx, y: y + dy };
    }
    if (el.readOnly) return "it is read-only";
    const changed = () => {
      el.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      el.dispatchEvent(new Event("change", { bubbles: true }));
    };
    el.focus();
    if (el.localName === "select") {
      const option = [...el.options].find((o) => o.value === task.text || o.label.trim() === task.text);
      if (!option) return "it has no such option";
      el.value = option.value;
      changed();
      return { typed: true };
    }
    if (task.text === "" || ["date", "time", "datetime-local", "month", "week", "color", "range"].includes(el.type)) {
      if (el.isContentEditable) el.textContent = ""; else el.value = task.text;
      changed();
      return { typed: true };
    }
    if (el.select) el.select(); else if (el.isContentEditable) getSelection().selectAllChildren(el);
    else return "nothing can be typed into it";
    return { typed: false };
  }

  const sight = { texts: [], pictures: [], says: "", selector: true, text: true, paint: 0 };
  if (task.selector) sight.selector = !!find(task.selector, (el) => shows(el) && hasBox(el));
  if (task.text) {
    const flat = (s) => s.replace(/\s+/g, " ").toLowerCase();
    const parts = (node) => [...node.children].map((el) => el.innerText ?? "");
    sight.text = roots.some(({ node }) => flat(node.body ? node.body.innerText : parts(node).join("\n")).includes(flat(task.text)));
  }

  let letters = 0;
  const count = (text, boxes, root) => {
    const n = (text.match(/\S/gu) ?? []).length;
    const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
    let seen = false;
    for (const box of n > 0 && area > 0 ? boxes.slice(0, 50) : []) {
      const part = inView(box, root);
      if (!part) continue;
      const share = (n * part[2] * part[3]) / area;
      sight.texts.push([...part, share]);
      letters += share;
      seen = true;
    }
    if (seen && sight.says.length < 300) sight.says += text.trim().slice(0, 300) + " ";
  };
  const range = document.createRange();
  const pictures = new Set(["img", "canvas", "video", "svg", "object", "embed", "iframe"]);
  for (const root of roots) {
    const walker = document.createTreeWalker(root.node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (hasTime() && letters < task.enough && sight.texts.length < 1000 && walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) {
        if (!/\S/.test(node.data) || !node.parentElement && !root.node.host) continue;
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()];
        if (boxes.some((box) => inView(box, root)) && shows(node.parentElement ?? root.node.host)) count(node.data, boxes, root);
      } else if (["input", "textarea"].includes(node.localName) && !["hidden", "password"].includes(node.type)) {
        const text = node.value || node.placeholder || "";
        if (text && shows(node)) {
          const box = node.getBoundingClientRect();
          count(text.slice(0, 200), [new DOMRect(box.left + 3, box.top + 3, box.width - 6, box.height - 6)], root);
        }
      } else if (pictures.has(node.localName) && sight.pictures.length < 200) {
        const box = inView(node.getBoundingClientRect(), root);
        if (box && shows(node)) sight.pictures.push(box);
      }
    }
  }

  // The largest paint, in milliseconds; the first one where the browser counts none as the largest, as with a canvas.
  sight.paint = await new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
      .observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => done(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0), 100);
  });
  return sight;
}
