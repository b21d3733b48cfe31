// "Copier avec la référence": shown only where the browser can copy.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button.copy")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copié";
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
}
