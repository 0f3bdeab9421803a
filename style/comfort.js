// Comforts that no page depends on.

// A copy button says what it has done; where the clipboard is refused it stays as it was, and the text beside it can be
// selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.done;
});
