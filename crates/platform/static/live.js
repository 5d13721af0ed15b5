// Keeps an open page up to date while somebody looks at it. Nothing here is needed: a page can be loaded again.
{
  const POLL_MILLISECONDS = 60_000;
  // While we are checking, news may come from nowhere but the clock.
  const AGAIN_MILLISECONDS = 10_000;
  const main = document.querySelector("main");
  const said = document.querySelector("#live");
  // A page in which something can be typed or chosen is never replaced; nor is one that shows nothing that changes.
  const isLive = () => "mark" in main.dataset && !main.querySelector("input:not([type=hidden]), select, textarea");
  // Text that may be read as a page: nothing but what was fetched from its own address. No script in it ever runs.
  const policy = globalThis.trustedTypes?.createPolicy("page", { createHTML: (text) => text });
  const parsed = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  let stream;
  let fetching = false;
  let outOfDate = false;
  // What the patient has opened counts as seen at once: until more comes, the page keeps the count that it came with.
  let isAsOpened = true;

  // Appointments and messages each have a count beside their entry in the menu.
  const COUNTED = ["/", "/messages"];
  const entryOf = (path, page = document) => page.querySelector(`header nav a[href="${path}"]`);
  const countOf = (path, page) => entryOf(path, page)?.querySelector(".count");

  const showCount = (path, number, text) => {
    let count = countOf(path);
    if (!number) {
      count?.remove();
      return;
    }
    if (!count) {
      count = document.createElement("span");
      count.className = "count";
      count.setAttribute("role", "img");
      entryOf(path)?.append(count);
    }
    count.textContent = number;
    count.setAttribute("aria-label", text);
  };

  const announce = (...texts) => {
    said.textContent = texts.filter(Boolean).join(". ");
  };

  // Changes only what differs, so that the focus and the place of a screen reader stay where they are.
  const isSame = (old, fresh) =>
    old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "");

  const become = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      old.nodeValue = fresh.nodeValue;
      return;
    }
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
    let at = old.firstChild;
    const drop = () => {
      const next = at.nextSibling;
      at.remove();
      at = next;
    };
    for (const child of [...fresh.childNodes]) {
      while (at?.id && at.id !== child.id && !wanted.has(at.id)) drop();
      if (at && isSame(at, child)) {
        become(at, child);
        at = at.nextSibling;
      } else {
        old.insertBefore(document.adoptNode(child), at);
      }
    }
    while (at) drop();
  };

  const show = (fresh) => {
    isAsOpened = false;
    const focused = main.contains(document.activeElement) && document.activeElement;
    const href = focused && focused.getAttribute("href");
    become(main, fresh.querySelector("main"));
    document.title = fresh.title;
    if (focused && !main.contains(document.activeElement)) {
      const again = href && main.querySelector(`[href="${CSS.escape(href)}"]`);
      (again || main).focus({ preventScroll: true });
    }
    const counts = COUNTED.map((path) => countOf(path, fresh));
    const texts = counts.map((count) => count?.getAttribute("aria-label"));
    COUNTED.forEach((path, index) => showCount(path, counts[index]?.textContent, texts[index]));
    return texts;
  };

  const refresh = async () => {
    if (document.hidden || fetching) {
      outOfDate = true;
      return;
    }
    fetching = true;
    outOfDate = false;
    try {
      // Nobody asked for it: it does not keep the session alive, and its news stays news until a page is opened.
      const answer = await fetch(location.href, { headers: { "balie-unasked": "1" }, redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        location.reload();
      } else if (answer.ok) {
        const fresh = parsed(await answer.text());
        const isOther = fresh.documentElement.lang !== document.documentElement.lang;
        if (isOther || !fresh.querySelector("main[data-mark]")) {
          location.reload();
        } else if (!fresh.querySelector("main").isEqualNode(main)) {
          const before = main.innerText;
          const counts = show(fresh);
          if (main.innerText !== before) announce(said.dataset.updated, ...counts);
        }
      }
    } catch {
      // No connection: the stream comes back, or the next poll finds it.
    } finally {
      fetching = false;
      if (outOfDate && !document.hidden) refresh();
    }
  };

  const changed = ({ mark, unseen, count, unread, unreadCount }) => {
    if (unseen + unread) navigator.setAppBadge?.(unseen + unread).catch(() => {});
    else navigator.clearAppBadge?.().catch(() => {});
    if (isLive() && mark !== main.dataset.mark) {
      refresh();
      return;
    }
    const more = [["/", unseen, count], ["/messages", unread, unreadCount]].filter(([path, number, text]) => {
      if (isAsOpened && isLive() && entryOf(path)?.hasAttribute("aria-current")) return false;
      const shown = Number(countOf(path)?.textContent ?? 0);
      showCount(path, number, text);
      return number > shown;
    });
    if (more.length > 0) announce(...more.map(([, , text]) => text));
  };

  const stop = () => {
    stream?.close();
    stream = undefined;
  };

  const listen = () => {
    if (stream || document.hidden) return;
    stream = new EventSource("/live");
    stream.addEventListener("changed", (event) => changed(JSON.parse(event.data)));
    stream.addEventListener("enough", stop);
    // The session is over. What is being written stays: sending it leads to the login, and back.
    stream.addEventListener("ended", () => {
      stop();
      if (isLive()) location.replace("/");
    });
    // The browser tries again by itself, unless it was refused.
    stream.addEventListener("error", () => {
      if (stream?.readyState === EventSource.CLOSED) stop();
    });
  };

  const poll = () => {
    if (stream || document.hidden) return;
    if (isLive()) refresh();
    listen();
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      stop();
    } else {
      if (outOfDate) refresh();
      listen();
    }
  });
  // Logging out ends the session too, and leads to a page of its own: that one is not to be replaced.
  addEventListener("submit", ({ target }) => target.getAttribute("action") === "/logout" && stop());
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  setInterval(poll, POLL_MILLISECONDS);
  setInterval(() => {
    if ("again" in main.dataset && isLive()) refresh();
  }, AGAIN_MILLISECONDS);
  listen();
}
