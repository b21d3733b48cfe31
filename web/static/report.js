// Folds the outline away where it would fill a small screen.
if (matchMedia("(width < 64rem)").matches) document.getElementById("plan").open = false;

// Beside the text of a PDF, its page as printed: the one that is being read.
const report = document.querySelector("main[data-pictures]");
const wide = matchMedia("(width >= 100rem)");
if (report) {
  const starts = [...report.querySelectorAll(".page-start")];
  const frame = document.createElement("aside");
  frame.className = "facsimile";
  frame.setAttribute("aria-label", "Page telle qu’imprimée");
  const picture = frame.appendChild(document.createElement("img"));
  report.after(frame);
  let waiting;
  const follow = () => {
    if (!wide.matches || waiting) return;
    waiting = setTimeout(() => {
      waiting = undefined;
      const read = starts.findLast((start) => start.getBoundingClientRect().top < innerHeight / 3) ?? starts[0];
      const { page } = read.dataset;
      if (picture.dataset.page === page) return;
      picture.dataset.page = page;
      picture.alt = `Page ${page}, telle qu’imprimée`;
      picture.src = report.dataset.pictures.replace("/0.png", `/${page}.png`);
    }, 100);
  };
  addEventListener("scroll", follow, { passive: true });
  wide.addEventListener("change", follow);
  follow();
}
