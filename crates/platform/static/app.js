// Counts what is typed, as it is typed: the server counts the same way. Nothing here is needed.
for (const line of document.querySelectorAll("[data-count]")) {
  const field = document.querySelector(`[aria-describedby~="${line.id}"]`);
  const limit = Number(field.dataset.limit);
  const count = () => {
    const characters = Array.from(field.value.replaceAll("\r\n", "\n").trim()).length;
    line.textContent = line.dataset.count.replace("#", characters);
    line.classList.toggle("over", characters > limit);
  };
  field.addEventListener("input", count);
  count();
}
