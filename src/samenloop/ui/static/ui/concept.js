// Keeps what is typed by itself: a form with `data-concept` posts what it holds to that
// address, a second after the last key and just before one is signed out. It says when it
// did in the element with `data-bewaard`. Files and passwords are never in such a form.
const WACHT = 1000;
const GEDULD = 30_000;

for (const formulier of document.querySelectorAll("form[data-concept]")) {
  const plek = formulier.querySelector("[data-bewaard]");
  let klok = 0;
  let stand = 0;
  let bewaard = 0;
  let bezig = null;
  let verstuurd = false;

  const stuur = async () => {
    clearTimeout(klok);
    klok = 0;
    const toen = stand;
    try {
      const antwoord = await fetch(formulier.dataset.concept, {
        method: "POST",
        body: new FormData(formulier),
        redirect: "error",
        keepalive: true,
        signal: AbortSignal.timeout(GEDULD),
      });
      if (!antwoord.ok) throw new Error();
      const { tekst } = await antwoord.json();
      if (plek && tekst) plek.textContent = tekst;
      document.dispatchEvent(new Event("sl:bezig"));
      bewaard = toen;
      return true;
    } catch {
      // Signed out, or no network: the text is still on the page; say that it is not kept.
      if (plek) plek.textContent = formulier.dataset.nietBewaard;
      return false;
    }
  };

  // One at a time, so that an older text never comes in after a newer one.
  const bewaar = () => {
    if (!verstuurd) bezig ??= (async () => {
      while (await stuur() && stand !== bewaard && !klok);
      bezig = null;
    })();
    return bezig;
  };

  formulier.addEventListener("input", () => {
    stand += 1;
    clearTimeout(klok);
    klok = setTimeout(() => {
      klok = 0;
      bewaar();
    }, WACHT);
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
  // Sending waits for the text that is being kept: coming in later, it would be there
  // again as a draft of what was sent already.
  formulier.addEventListener("submit", async (event) => {
    clearTimeout(klok);
    klok = 0;
    const eerder = verstuurd;
    verstuurd = true;
    if (!bezig) return;
    event.preventDefault();
    if (eerder) return;
    await bezig;
    formulier.requestSubmit(event.submitter);
  });
  const nog = () => !verstuurd && stand !== bewaard;
  document.addEventListener("sl:bijna-weg", () => nog() && bewaar());
  addEventListener("pagehide", () => nog() && stuur());
}

for (const knop of document.querySelectorAll("[data-afdrukken]")) {
  knop.hidden = false;
  knop.addEventListener("click", () => print());
}

// After a refusal the summary gets the focus, so one hears and sees it first.
document.querySelector(".sl-samenvatting")?.focus();
