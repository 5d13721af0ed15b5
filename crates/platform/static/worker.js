// Has the browser install our worker: it shows notifications, and a page for when there is no connection. Nothing here
// is needed.
{
  /** The only script that a worker is made of, whatever is asked. */
  const policy = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL: () => "/sw.js" });
  /** For other scripts of the page: whether it is installed. */
  globalThis.registered = navigator.serviceWorker?.register(policy ? policy.createScriptURL("") : "/sw.js");
  globalThis.registered?.catch((error) => console.warn(error));
}
