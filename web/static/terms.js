// Words of the glossary explain themselves on hover, focus or tap; without this file they lead to the glossary.
const bubble = document.body.appendChild(document.createElement("div"));
bubble.id = "bulle";
bubble.role = "tooltip";
bubble.hidden = true;
let shown, leaving;

function show(term) {
  clearTimeout(leaving);
  shown?.removeAttribute("aria-describedby");
  shown = term;
  bubble.textContent = term.dataset.explanation;
  bubble.hidden = false;
  term.setAttribute("aria-describedby", bubble.id);
  const place = term.getClientRects()[0];
  const left = Math.min(place.left, document.documentElement.clientWidth - bubble.offsetWidth - 8);
  const under = place.bottom + bubble.offsetHeight + 8 < innerHeight;
  bubble.style.left = `${scrollX + Math.max(8, left)}px`;
  bubble.style.top = `${scrollY + (under ? place.bottom + 4 : place.top - bubble.offsetHeight - 4)}px`;
}

function hide() {
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
  bubble.hidden = true;
}

const termOf = (event) => event.target.closest?.("a.term");
// The pointer may go from the word to its explanation, and rest there.
const leave = () => { leaving = setTimeout(hide, 200); };
document.addEventListener("pointerover", (event) => { if (termOf(event) && event.pointerType !== "touch") show(termOf(event)); });
document.addEventListener("pointerout", (event) => { if (termOf(event) && event.pointerType !== "touch") leave(); });
bubble.addEventListener("pointerenter", () => clearTimeout(leaving));
bubble.addEventListener("pointerleave", leave);
document.addEventListener("focusin", (event) => { if (termOf(event)?.matches(":focus-visible")) show(termOf(event)); else hide(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
// The first tap explains, a second one on the same word leads to the glossary.
document.addEventListener("click", (event) => {
  const term = termOf(event);
  if (!term) hide();
  else if (event.pointerType === "touch" && shown !== term) {
    event.preventDefault();
    show(term);
  }
});
