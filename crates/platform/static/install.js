// Offers, on a phone, to put the portal on the home screen; who says no is not asked again on that phone. Nothing here is
// needed: the browser's own menu does it too.
{
  const NO = "install-no";
  const offer = document.querySelector("#install");
  const part = (name) => offer.querySelector(`[data-install=${name}]`);
  const isPhone = matchMedia("(pointer: coarse) and (max-width: 48rem)").matches;
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  // A browser that is told no offers it again at once.
  let isAnswered = false;

  // A browser that keeps nothing may refuse to be asked.
  const isRefused = () => {
    try {
      return localStorage.getItem(NO) !== null;
    } catch {
      return false;
    }
  };
  const refuse = () => {
    offer.hidden = true;
    try {
      localStorage.setItem(NO, "1");
    } catch {
      // Then it is asked again.
    }
  };
  const show = (name) => {
    if (!isPhone || isInstalled || isAnswered || isRefused()) return;
    part(name).hidden = false;
    offer.hidden = false;
  };

  part("no").addEventListener("click", refuse);
  // Only a browser of Apple's phones knows this word; nothing there can be offered by a button.
  if (navigator.standalone === false) show("apple");
  addEventListener("beforeinstallprompt", (event) => {
    if (!isPhone) return;
    // Asked when the patient wants it, and not over what is being read.
    event.preventDefault();
    part("yes").onclick = () => {
      isAnswered = true;
      offer.hidden = true;
      event.prompt();
    };
    show("yes");
  });
  addEventListener("appinstalled", () => (offer.hidden = true));
}
