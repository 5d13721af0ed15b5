// Says that an answer is on its way when it takes long, and sends a form once. Nothing here is needed: the platform
// tells a form that comes twice by itself.
{
  /** What is answered sooner needs no word. */
  const SOON_MILLISECONDS = 400;
  /** By then there is a page, or a file that leaves this one as it is. */
  const OVER_MILLISECONDS = 12_000;
  const { body } = document;
  let timers = [];
  let sent;

  const rest = () => {
    timers.forEach(clearTimeout);
    timers = [];
    if (sent) sent.removeAttribute("aria-disabled");
    sent = undefined;
    body.classList.remove("busy");
  };

  const wait = (button) => {
    rest();
    sent = button ?? undefined;
    sent?.setAttribute("aria-disabled", "true");
    const say = () => {
      body.classList.add("busy");
      const said = document.querySelector("#live");
      if (said) said.textContent = body.dataset.busy;
    };
    timers = [setTimeout(say, SOON_MILLISECONDS), setTimeout(rest, OVER_MILLISECONDS)];
  };

  const isElsewhere = (link) =>
    link.origin !== location.origin || link.hasAttribute("download") || (link.target && link.target !== "_self");
  const isHere = (link) => link.hash && link.pathname + link.search === location.pathname + location.search;

  addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (sent && form.contains(sent)) event.preventDefault();
    else wait(submitter ?? form.querySelector("button"));
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link && isPlain && !event.defaultPrevented && !isElsewhere(link) && !isHere(link)) wait();
  });
  // Back shows this page as it was left.
  addEventListener("pageshow", rest);
  addEventListener("pagehide", rest);
}
