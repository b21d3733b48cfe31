// "Copier avec la référence": shown only where the browser can copy; answers that arrive later are served too.
if (navigator.clipboard) {
  const reveal = () => document.querySelectorAll("button.copy[hidden]").forEach((button) => { button.hidden = false; });
  reveal();
  new MutationObserver(reveal).observe(document.querySelector("main"), { childList: true, subtree: true });
  document.addEventListener("click", async ({ target }) => {
    if (!target.matches("button.copy")) return;
    target.dataset.label ??= target.textContent;
    try {
      await navigator.clipboard.writeText(target.dataset.copy);
      target.textContent = "Copié";
    } catch {
      target.textContent = "Copie refusée par le navigateur";
    }
    setTimeout(() => { target.textContent = target.dataset.label; }, 2000);
  });
}
