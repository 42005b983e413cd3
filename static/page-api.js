// For scripts written for a hosted Statuspage's se-v2.js: new StatusPage.page({ page }).summary({ success, error }).
// It asks the page that it was loaded from, whatever page and host it is given.
"use strict";
var StatusPage = StatusPage || {};
(() => {
  const home = new URL(document.currentScript.src).origin;
  const names = { sms: "email_sms", webhook: "endpoint" };
  const form = (value, name, out) => {
    if (typeof value !== "object" || value === null) out.append(name, value ?? "");
    else for (const [key, inner] of Object.entries(value)) form(inner, name ? name + "[" + (names[key] || key) + "]" : names[key] || key, out);
    return out;
  };
  StatusPage.page = class {
    constructor(options = {}) {
      if (!options.page) throw new Error("A pageId is required to initialize.");
      this.pageId = options.page;
      this.base = (options.test ? "" : home) + "/api/" + (options.version || "v2") + "/";
      this.failed = options.error;
    }
    error() { console.log("There was an error with your request"); }
    async ask(method, path, options, body) {
      const failed = [options.error, this.failed, this.error].find((f) => typeof f === "function");
      let said;
      try {
        const answer = await fetch(this.base + path + ".json", { method, body });
        said = await answer.json();
      } catch (problem) {
        failed.call(this, problem);
        return;
      }
      options.success?.(said);
    }
    get(path, options) {
      if (!options?.success) throw new Error("Success Callback is required.");
      this.ask("GET", path, options);
    }
    send(method, options) {
      if (!options?.subscriber) throw new Error("A subscriber object is required.");
      this.ask(method, "subscribers", options, form({ subscriber: options.subscriber }, "", new URLSearchParams()));
    }
    summary(options) { this.get("summary", options); }
    status(options) { this.get("status", options); }
    components(options) { this.get("components", options); }
    incidents(options) { this.get(["unresolved", "resolved"].includes(options?.filter) ? "incidents/" + options.filter : "incidents", options); }
    scheduled_maintenances(options) {
      this.get(["active", "upcoming"].includes(options?.filter) ? "scheduled-maintenances/" + options.filter : "scheduled-maintenances", options);
    }
    subscribe(options) { this.send("POST", options); }
    unsubscribe(options) {
      if (!options?.subscriber?.id) throw new Error("You must supply a subscriber.id in order to cancel a subscription.");
      this.send("DELETE", options);
    }
  };
})();
