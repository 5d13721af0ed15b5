// Opens the page again as soon as there is a connection. Nothing here is needed: there is a link that does it.
addEventListener("online", () => location.reload());
