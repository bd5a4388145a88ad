"use strict";
// Shows how far a check of the log is, and reads the page again when it has ended.
const vak = document.querySelector("[data-ververs]");
async function ververs() {
  const antwoord = await fetch(vak.dataset.ververs, { redirect: "manual" }).catch(() => null);
  if (antwoord?.ok) {
    vak.innerHTML = await antwoord.text();
    if (!vak.querySelector("[data-bezig]")) {
      location.reload();
      return;
    }
  }
  setTimeout(ververs, 2000);
}
if (vak?.querySelector("[data-bezig]")) setTimeout(ververs, 2000);
