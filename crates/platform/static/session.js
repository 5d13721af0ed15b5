// Says in time that the session ends, and keeps it while somebody is at work. Nothing here is needed: the server ends
// the session by itself.
{
  const SECOND = 1000;
  /** So long before the end it is said. */
  const WARNING_SECONDS = 120;
  /** So soon the server is asked again that did not answer. */
  const AGAIN_SECONDS = 15;
  const notice = document.querySelector("#session");
  const said = notice.querySelector("#session-said");
  const soon = said.textContent;
  const button = notice.querySelector("[data-act=stay]");
  const stay = button.textContent;
  let timer;
  let lastDone = 0;

  for (const kind of ["keydown", "pointerdown", "input"]) {
    addEventListener(kind, () => (lastDone = Date.now()), { capture: true, passive: true });
  }
  const isAtWork = () => Date.now() - lastDone < WARNING_SECONDS * SECOND;

  // How long the session lasts; nothing when the server cannot be asked. Asking alone does not keep it alive.
  const ask = async (method) => {
    try {
      const headers = method === "GET" ? { "balie-unasked": "1" } : {};
      const answer = await fetch("/session", { method, headers });
      if (answer.status === 401) return { seconds: 0, at_most_seconds: 0 };
      return answer.ok ? await answer.json() : undefined;
    } catch {
      return undefined;
    }
  };

  const say = (text, act) => {
    said.textContent = text;
    button.textContent = act;
    if (!notice.open) notice.showModal();
  };

  // What is kept when it is sent stays on the page; anything else is nobody's to read any more.
  const leave = () => {
    if ("keeps" in notice.dataset) say(said.dataset.over, button.dataset.close);
    else location.replace(`/session/ended?to=${encodeURIComponent(location.pathname + location.search)}`);
  };

  const plan = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, seconds * SECOND);
  };

  const heard = (lasting) => {
    if (!lasting) {
      plan(AGAIN_SECONDS);
      return;
    }
    const { seconds, at_most_seconds: atMost } = lasting;
    if (seconds <= 0) {
      leave();
    } else if (seconds > WARNING_SECONDS) {
      if (notice.open) notice.close();
      plan(seconds - WARNING_SECONDS);
    } else {
      // A longer session cannot be had.
      if (seconds === atMost) say(said.dataset.longest, button.dataset.close);
      else say(soon, stay);
      plan(seconds + 1);
    }
  };

  async function look() {
    heard(await ask(isAtWork() && !notice.open ? "POST" : "GET"));
  }

  button.addEventListener("click", async () => {
    if (button.textContent === stay) heard(await ask("POST"));
    else notice.close();
  });
  // Another page may have kept the session alive, or the computer was asleep.
  document.addEventListener("visibilitychange", () => document.hidden || look());
  addEventListener("pageshow", (event) => event.persisted && look());
  plan(Math.max(Number(notice.dataset.seconds) - WARNING_SECONDS, 1));
}
