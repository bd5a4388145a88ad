// The page of a rule without reloading: buttons of the condition builder, saving by
// itself, and how far a dry run is. Without this script the same forms do the same.
//
// One thing at a time goes to the server, and always the whole form. Everything one does
// raises `stand`; an answer to an older one never touches what is on the page. Presses
// wait in `drukken` until the rows show them, and go along again when an answer was too
// old: the server reads them as pressed on the form that comes with them.
const WACHT = 1500;
const KIJK = 1500;
const GEDULD = 30_000;
const vorm = document.getElementById("vorm");
let stand = 0;
let bewaard = 0;
let drukken = [];
let andereVakken = false;
let klok = 0;
let bezig = null;
let wachtend = false;
let ingedrukt = false;

const stuur = async (keepalive = false) => {
  const formulier = vorm.querySelector("form");
  const body = new FormData(formulier);
  for (const { actie } of drukken) body.append("actie", actie);
  const antwoord = await fetch(formulier.action, {
    method: "POST", body, keepalive, redirect: "error",
    headers: { "X-Samenloop-Deel": "vorm" }, signal: AbortSignal.timeout(GEDULD),
  });
  if (!antwoord.ok) throw new Error();
  const deel = document.createElement("template");
  deel.innerHTML = await antwoord.text();
  return deel.content;
};

// Ids of boxes carry their place; what was taken away before them moves them up.
const verschoven = (id) => {
  const [, soort, plaats] = /^([a-z]+-)([\d-]+)$/.exec(id) ?? [];
  if (!plaats) return id;
  const pad = plaats.split("-").map(Number);
  const weg = new Set(drukken.map(({ actie }) => actie).filter((a) => a.startsWith("weg:")));
  const nieuw = pad.map((plek, diepte) => {
    const broers = [...weg].map((a) => a.slice(4).split("-").map(Number)).filter(
      (ander) => ander.length === diepte + 1 && ander[diepte] < plek
        && ander.slice(0, -1).every((deel, i) => deel === pad[i]),
    );
    return plek - broers.length;
  });
  return soort + nieuw.join("-");
};

const na = (actie) => {
  const [wat, waar] = actie.split(":");
  if (wat === "weg") {
    return vorm.querySelector(`[id="voorwaarde-${waar.split("-").slice(0, -1).join("-")}"]`);
  }
  const eigen = waar ? `${waar}-` : "";
  const diepte = (waar ? waar.split("-").length : 0) + (wat === "groep" ? 2 : 1);
  return [...vorm.querySelectorAll("select[name^=veld-]")].filter(
    (veld) => veld.name.startsWith(`veld-${eigen}`)
      && veld.name.slice(5).split("-").length === diepte,
  ).at(-1);
};

const teken = (nieuw) => {
  const open = vorm.querySelector("#typen")?.open;
  const actief = document.activeElement;
  const { selectionStart: van, selectionEnd: tot } = actief;
  const druk = drukken.at(-1);
  const opKnop = druk && (actief === druk.knop || actief === document.body);
  const zelfde = !opKnop && vorm.contains(actief) && verschoven(actief.id);
  // Half finished is not wrong yet: faults are told when one saves or tries.
  nieuw.querySelector("#samenvatting")?.remove();
  vorm.replaceChildren(nieuw);
  if (open) vorm.querySelector("#typen").open = true;
  // Focus goes to what a button made, unless one went on to another box meanwhile.
  const doel = opKnop ? na(druk.actie) : zelfde && document.getElementById(zelfde);
  doel?.focus();
  if (doel && !opKnop && Number.isInteger(van) && doel.setSelectionRange) {
    // The server leaves out a space at the end; who is typing goes on after it.
    if (doel.value === actief.value.trim()) doel.value = actief.value;
    doel.setSelectionRange(van, tot);
  }
  drukken = [];
  andereVakken = false;
};

// What saving by itself changes on the page: that it did, and the expression that
// follows the boxes, unless one is typing in it.
const meld = (nieuw, oud) => {
  const melding = nieuw.querySelector("#bewaard");
  document.getElementById("bewaard").replaceChildren(...melding.childNodes);
  const tekst = vorm.querySelector("#uitdrukking");
  if (oud || document.activeElement === tekst || nieuw.querySelector("#uitdrukking-fout")) return;
  tekst.value = nieuw.querySelector("#uitdrukking").value;
  vorm.querySelector("[name=uitdrukking_was]").value =
    nieuw.querySelector("[name=uitdrukking_was]").value;
};

// A button that is down or a list that is open is not taken from under one's hand.
const losgelaten = async () => {
  const lijst = CSS.supports("selector(:open)") ? "select:open" : null;
  while (ingedrukt || (lijst && vorm.querySelector(lijst))) {
    await new Promise((klaar) => setTimeout(klaar, 40));
  }
};

const ronde = async () => {
  do {
    clearTimeout(klok);
    klok = 0;
    const toen = stand;
    try {
      const nieuw = await stuur();
      document.dispatchEvent(new Event("sl:bezig"));
      bewaard = toen;
      const vakken = drukken.length || andereVakken;
      if (vakken) await losgelaten();
      if (vakken && toen === stand) teken(nieuw);
      else meld(nieuw, toen !== stand);
    } catch {
      // Signed out, or no network: all is still on the page and goes along next time.
      document.getElementById("bewaard").textContent =
        vorm.querySelector("form").dataset.nietBewaard;
      return false;
    }
  } while (drukken.length || andereVakken || (stand !== bewaard && !klok));
  return true;
};

const werk = () => {
  bezig ??= ronde().finally(() => {
    bezig = null;
  });
  return bezig;
};

if (vorm) {
  vorm.addEventListener("click", (event) => {
    const knop = event.target.closest("button[data-bouw]");
    if (!knop) return;
    event.preventDefault();
    drukken.push({ actie: knop.value, knop });
    stand += 1;
    werk();
  });
  vorm.addEventListener("change", (event) => {
    if (!event.target.matches("select[data-bouw]")) return;
    andereVakken = true;
    stand += 1;
    werk();
  });
  vorm.addEventListener("input", () => {
    stand += 1;
    clearTimeout(klok);
    klok = setTimeout(() => {
      klok = 0;
      werk();
    }, WACHT);
  });
  // A step that leaves the page waits for what is under way, so that no older save comes
  // after it. The form of the rule takes along what was typed; others do not.
  document.addEventListener("submit", async (event) => {
    const eigen = vorm.contains(event.target);
    if (!bezig && (eigen ? !drukken.length : stand === bewaard)) {
      clearTimeout(klok);
      bewaard = stand;
      return;
    }
    event.preventDefault();
    if (wachtend) return;
    wachtend = true;
    const { name, value } = event.submitter ?? {};
    const gelukt = await werk();
    wachtend = false;
    if (!gelukt) return;
    const formulier = eigen ? vorm.querySelector("form") : event.target;
    formulier.requestSubmit(
      [...formulier.elements].find((knop) => knop.name === name && knop.value === value),
    );
  });
  vorm.addEventListener("pointerdown", (event) => {
    // A list that opens keeps the release to itself.
    ingedrukt = !event.target.matches("select, option");
  });
  vorm.addEventListener("keydown", () => { ingedrukt = true; });
  for (const op of ["pointerup", "pointercancel", "keyup", "input", "blur"]) {
    addEventListener(op, () => { ingedrukt = false; });
  }
  const meteen = () => stand !== bewaard && werk();
  document.addEventListener("sl:bijna-weg", meteen);
  addEventListener("pagehide", () => stand !== bewaard && stuur(true).catch(() => null));
}

const volg = async () => {
  const bezig = document.querySelector("[data-proef]");
  if (!bezig) return;
  const antwoord = await fetch(bezig.dataset.proef);
  if (!antwoord.ok) return;
  const deel = document.createElement("template");
  deel.innerHTML = await antwoord.text();
  if (!deel.content.querySelector("[data-proef]")) {
    while (stand !== bewaard && await werk());
    location.reload();
    return;
  }
  // The stop button keeps its focus: only what says how far it is changes.
  for (const wat of ["[role=status]", "progress"]) {
    const nieuw = deel.content.querySelector(wat);
    const oud = bezig.querySelector(wat);
    if (wat === "progress") oud.value = nieuw.value;
    else if (oud.textContent !== nieuw.textContent) oud.replaceChildren(...nieuw.childNodes);
  }
  setTimeout(volg, KIJK);
};
if (document.querySelector("[data-proef]")) setTimeout(volg, KIJK);
document.getElementById("samenvatting")?.focus();
