// The only script of the pages: opens and closes the menu on a narrow screen, prints,
// and sets the focus on the summary of errors. Without it the menu is simply open,
// printing is the browser's, and the summary is the first thing on the page.
document.documentElement.classList.add("sl-js");

document.addEventListener("click", (event) => {
  const knop = event.target.closest(".sl-menuknop");
  if (knop) {
    const open = knop.closest(".sl-header").classList.toggle("sl-header--open");
    knop.setAttribute("aria-expanded", String(open));
  }
  if (event.target.closest("[data-afdrukken]")) {
    for (const uitleg of document.querySelectorAll("details")) uitleg.open = true;
    window.print();
  }
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".sl-samenvatting")?.focus();
});
