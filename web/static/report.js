// Folds the outline away where it would fill a small screen.
if (matchMedia("(width < 64rem)").matches) document.getElementById("plan").open = false;
