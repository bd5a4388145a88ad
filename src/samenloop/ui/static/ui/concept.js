// Keeps what is typed by itself: a form with `data-concept` posts what it holds to that
// address, a second after the last key and just before one is signed out. It says when it
// did in the element with `data-bewaard`. Files and passwords are never in such a form.
const WACHT = 1000;

for (const formulier of document.querySelectorAll("form[data-concept]")) {
  const plek = formulier.querySelector("[data-bewaard]");
  let klok = 0;
  let verstuurd = false;

  const bewaar = async () => {
    clearTimeout(klok);
    klok = 0;
    if (verstuurd) return;
    try {
      const antwoord = await fetch(formulier.dataset.concept, {
        method: "POST",
        body: new FormData(formulier),
        redirect: "error",
        keepalive: true,
      });
      if (!antwoord.ok) throw new Error();
      const { tekst } = await antwoord.json();
      if (plek && tekst) plek.textContent = tekst;
      document.dispatchEvent(new Event("sl:bezig"));
    } catch {
      // Signed out, or no network: the text is still on the page; say that it is not kept.
      if (plek) plek.textContent = formulier.dataset.nietBewaard;
    }
  };

  formulier.addEventListener("input", () => {
    clearTimeout(klok);
    klok = setTimeout(bewaar, WACHT);
  });
  // Enter presses the first button of a form. Where that one only searches, Enter in any
  // other field is for the button that sends it.
  formulier.addEventListener("keydown", (event) => {
    const verstuur = formulier.querySelector("[data-standaard]");
    if (!verstuur || event.key !== "Enter" || !event.target.matches("input, select")) return;
    if (event.target.matches("[data-zoekt]")) return;
    event.preventDefault();
    formulier.requestSubmit(verstuur);
  });
  formulier.addEventListener("submit", () => {
    clearTimeout(klok);
    verstuurd = true;
  });
  document.addEventListener("sl:bijna-weg", () => klok && bewaar());
  addEventListener("pagehide", () => klok && bewaar());
}

for (const knop of document.querySelectorAll("[data-afdrukken]")) {
  knop.hidden = false;
  knop.addEventListener("click", () => print());
}

// After a refusal the summary gets the focus, so one hears and sees it first.
document.querySelector(".sl-samenvatting")?.focus();
