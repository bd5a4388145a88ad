// The editor of a plan. Each field is sent by itself, with the revision it was typed on;
// one request at a time, again and again until the server has it. When somebody else
// wrote in the same field, both texts are shown and one chooses. Every few seconds the
// page asks who else is here and what changed; a field one is in is never touched.
const plan = document.querySelector("[data-plan]");
const WACHT = 500;
const LANGST = 2000;
const VRAAG = 3000;
const STIL = 5 * 60_000;
const GEDULD = 20_000;
const { blad, account } = plan.dataset;
const plank = `plan:${plan.dataset.veld}`;
const token = () => plan.querySelector("[name=csrfmiddlewaretoken]").value;
const stand = plan.querySelector("[data-stand]");
const wie = plan.querySelector("[data-wie]");
const INVOER = "textarea, select:not([data-doelkeuze]), input:not([type=hidden])";
const velden = new Map();
const klussen = [];
let volg = 0;
let bezig = false;
let poging = 0;
let af = false;
let wekker = 0;
let sinds = plan.dataset.sinds;
let laatst = Date.now();

class Weg extends Error {}

const zeg = (tekst) => {
  if (stand.textContent !== tekst) stand.textContent = tekst;
};

const stuur = async (adres, inhoud, extra = {}) => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  for (const [naam, waarde] of Object.entries(inhoud)) body.set(naam, waarde);
  const antwoord = await fetch(adres, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(GEDULD),
    ...extra,
  });
  if (antwoord.type === "opaqueredirect" || antwoord.status === 403) throw new Weg();
  if (antwoord.status >= 500 || antwoord.status === 429) throw new Error();
  return { ok: antwoord.ok, ...(await antwoord.json().catch(() => ({}))) };
};

// What stood in a field when it came from the server.
const eerst = (vak) =>
  vak.options
    ? ([...vak.options].find((keus) => keus.defaultSelected) ?? vak.options[0]).value
    : vak.defaultValue;

// What the page knows of a field: what stands in it, what the server has, and on which
// revision that was typed.
const ken = (vak) => {
  let veld = velden.get(vak.id);
  if (!veld) {
    const deel = vak.closest("[data-deel]");
    veld = {
      soort: deel.dataset.deel,
      onderdeel: deel.dataset.id,
      naam: vak.name,
      revisie: Number(vak.dataset.revisie),
      bewaard: eerst(vak),
      botst: Boolean(vak.closest("[data-vak]").querySelector("[data-botsing]")),
      fout: null,
      sinds: 0,
    };
    velden.set(vak.id, veld);
  }
  veld.vak = vak;
  return veld;
};

const vuil = (veld) => veld.vak.value !== veld.bewaard && veld.fout !== veld.vak.value;
const nog = () => [...velden.values()].filter(vuil);

const pakket = (veld, tekst) => {
  volg = Math.max(volg + 1, Date.now());
  return {
    soort: veld.soort,
    onderdeel: veld.onderdeel,
    veld: veld.naam,
    tekst,
    basis: veld.revisie,
    blad,
    volg,
  };
};

const melding = (veld, tekst) => {
  const vak = veld.vak.closest("[data-vak]");
  let regel = vak.querySelector("[data-melding]");
  if (!tekst) {
    regel?.remove();
    return;
  }
  if (!regel) {
    regel = document.createElement("p");
    regel.className = "sl-meta";
    regel.dataset.melding = "";
    regel.setAttribute("role", "status");
    vak.append(regel);
  }
  regel.textContent = tekst;
};

const toonBotsing = (veld, html) => {
  const vak = veld.vak.closest("[data-vak]");
  const oud = vak.querySelector("[data-botsing]");
  if (oud && html && oud.dataset.bron === html) return;
  if (oud?.contains(document.activeElement)) {
    // Chosen by somebody else: back to the field. Otherwise it stays while one is in it.
    if (html) return;
    veld.vak.focus();
  }
  oud?.remove();
  veld.botst = Boolean(html);
  if (!html) return;
  vak.insertAdjacentHTML("beforeend", html);
  const nieuw = vak.querySelector("[data-botsing]");
  nieuw.dataset.bron = html;
  nieuw.querySelector("[data-kies-vak]").hidden = false;
};

const bewaar = async (veld) => {
  const tekst = veld.vak.value;
  const antwoord = await stuur(plan.dataset.veld, pakket(veld, tekst));
  if (!antwoord.hoe || antwoord.hoe === "fout") {
    // Refused: say why, and do not send this again until it is changed.
    veld.fout = tekst;
    melding(veld, antwoord.tekst || plan.dataset.tWeg);
    return;
  }
  veld.fout = null;
  veld.bewaard = tekst;
  veld.sinds = 0;
  melding(veld, antwoord.weg ? plan.dataset.tWeg : "");
  if (antwoord.hoe === "bewaard") veld.revisie = antwoord.revisie;
  else if (antwoord.hoe === "botsing") toonBotsing(veld, antwoord.botsing);
  document.dispatchEvent(new Event("sl:bezig"));
};

const kies = async (veld, tekst, revisie) => {
  // Typed on what was shown beside it: what came since is not chosen away unseen.
  const was = veld.vak.value;
  const antwoord = await stuur(plan.dataset.veld, {
    ...pakket(veld, tekst),
    basis: revisie,
    gekozen: 1,
  });
  if (antwoord.hoe === "bewaard") {
    veld.revisie = antwoord.revisie;
    veld.bewaard = antwoord.waarde;
    if (veld.vak.value === was) veld.vak.value = antwoord.waarde;
    veld.vak.focus();
    toonBotsing(veld, "");
  } else if (antwoord.hoe === "botsing") {
    veld.vak.focus();
    toonBotsing(veld, antwoord.botsing);
  }
};

// One at a time: first what was pressed, then what was typed, oldest first.
const werk = async () => {
  if (bezig) return;
  bezig = true;
  clearTimeout(wekker);
  try {
    for (;;) {
      const klus = klussen[0];
      const veld = nog().sort((a, b) => a.sinds - b.sinds)[0];
      if (!klus && !veld) break;
      zeg(plan.dataset.tBezig);
      if (veld) await bewaar(veld);
      else {
        await klus();
        klussen.shift();
      }
      poging = 0;
      af = false;
    }
    zeg(plan.dataset.tBewaard);
  } catch (fout) {
    af = fout instanceof Weg;
    zeg(af ? plan.dataset.tAf : plan.dataset.tWacht);
    poging += 1;
    wekker = setTimeout(werk, Math.min(1000 * 2 ** (poging - 1), 15_000));
  }
  bezig = false;
};

const straks = (veld) => {
  const nu = Date.now();
  veld.sinds ||= nu;
  clearTimeout(wekker);
  wekker = setTimeout(werk, Math.max(0, Math.min(WACHT, veld.sinds + LANGST - nu)));
};

plan.addEventListener("input", (event) => {
  if (!event.target.matches(INVOER) || !event.target.closest("[data-deel]")) return;
  laatst = Date.now();
  const veld = ken(event.target);
  if (!vuil(veld)) return;
  // From the first letter on it is not true any more that all is kept.
  if (!poging) zeg(plan.dataset.tBezig);
  straks(veld);
});
plan.addEventListener("focusin", (event) => {
  laatst = Date.now();
  if (event.target.matches(INVOER) && event.target.closest("[data-deel]")) ken(event.target);
});
plan.addEventListener("focusout", () => nog().length && werk());

// A key of its own for a new part, so that asking twice adds one.
const sleutel = () => {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

const schik = (lijst) => {
  const delen = [...lijst.children];
  const goed = delen.toSorted((a, b) => a.dataset.orde - b.dataset.orde);
  if (goed.every((deel, i) => deel === delen[i])) return;
  // What has the focus stays where it is; the others go around it.
  const vast = goed.findIndex((deel) => deel.contains(document.activeElement));
  goed.forEach((deel, i) => {
    if (i < vast) goed[vast].before(deel);
    else if (i > vast) lijst.append(deel);
  });
};

const zet = (lijst, html) => {
  const mal = document.createElement("template");
  mal.innerHTML = html;
  const deel = mal.content.firstElementChild;
  if (document.getElementById(deel.id)) return document.getElementById(deel.id);
  lijst.append(deel);
  // An activity that came along from another goal is here already, perhaps with text
  // that is not kept yet: that one goes to its new place.
  const hier = document.activeElement;
  for (const mee of deel.querySelectorAll("[data-deel]")) {
    const oud = [...plan.querySelectorAll(`[data-id="${mee.dataset.id}"]`)].find((x) => x !== mee);
    if (oud) mee.replaceWith(oud);
  }
  if (hier !== document.activeElement && deel.contains(hier)) hier.focus();
  verberg(deel);
  schik(lijst);
  return deel;
};

const verberg = (waar) => {
  for (const knop of waar.querySelectorAll("[data-zonder-script]")) knop.remove();
  for (const knop of waar.querySelectorAll("[data-kies-vak]")) knop.hidden = false;
};

const lijstVan = (soort, ouder) =>
  plan.querySelector(`[data-lijst="${soort}"]${ouder ? `[data-ouder="${ouder}"]` : ""}`);

const erbij = (vorm) => {
  const soort = vorm.dataset.bij;
  const ouder = vorm.querySelector("[name=ouder]")?.value ?? "";
  const inhoud = { actie: `bij:${soort}`, ouder, sleutel: sleutel(), blad };
  klussen.push(async () => {
    const { html } = await stuur(plan.dataset.onderdeel, inhoud);
    if (html) zet(lijstVan(soort, ouder), html).querySelector(INVOER).focus();
  });
};

const verplaats = (deel, actie) => {
  const inhoud = { actie, deel: deel.dataset.deel, onderdeel: deel.dataset.id, blad };
  klussen.push(async () => {
    const { ok } = await stuur(plan.dataset.onderdeel, inhoud);
    if (!ok) return;
    const lijst = deel.parentElement;
    const buur = actie === "op" ? deel.previousElementSibling : deel.nextElementSibling;
    if (actie === "weg") {
      (buur ?? deel.previousElementSibling ?? lijst.closest("[data-deel], section")).focus();
      deel.remove();
    } else if (buur) {
      const knop = document.activeElement;
      [deel.dataset.orde, buur.dataset.orde] = [buur.dataset.orde, deel.dataset.orde];
      if (actie === "op") buur.before(deel);
      else buur.after(deel);
      knop?.focus();
    }
  });
};

// To another goal: asked in the part itself, among the goals this page has.
const vraagDoel = (deel, knop) => {
  const open = deel.querySelector("[data-naar]");
  if (open) {
    open.remove();
    return;
  }
  const vak = plan.querySelector("[data-naarmal]").content.firstElementChild.cloneNode(true);
  const keuzes = vak.querySelector("select");
  for (const doel of plan.querySelectorAll('[data-deel="doel"]')) {
    const hier = doel.contains(deel);
    const tekst = doel.querySelector("[name=tekst]").value.slice(0, 90) || "…";
    keuzes.add(new Option(tekst, doel.dataset.id, hier, hier));
  }
  knop.closest("p").after(vak);
  keuzes.focus();
};
const naarDoel = (deel) => {
  const vak = deel.querySelector("[data-naar]");
  const doel = vak.querySelector("select").value;
  const inhoud = { actie: `naar:${doel}`, deel: deel.dataset.deel, onderdeel: deel.dataset.id, blad };
  klussen.push(async () => {
    const { ok, orde } = await stuur(plan.dataset.onderdeel, inhoud);
    const lijst = lijstVan("activiteit", doel);
    if (!ok || !lijst) return;
    deel.dataset.orde = orde;
    vak.remove();
    lijst.append(deel);
    deel.querySelector('[value="anders"]').focus();
  });
};

plan.addEventListener("submit", (event) => {
  const vorm = event.target;
  const actie = event.submitter?.value ?? "";
  if (vorm.dataset.bij) {
    event.preventDefault();
    erbij(vorm);
  } else if (vorm.matches("[data-vorm]")) {
    event.preventDefault();
    const deel = vorm.closest("[data-deel]");
    if (["op", "neer", "weg"].includes(actie)) verplaats(deel, actie);
    if (actie === "anders") vraagDoel(deel, event.submitter);
    if (actie === "naar") naarDoel(deel);
    const tekst = event.submitter?.dataset.kies;
    if (tekst !== undefined) {
      const veld = ken(event.submitter.closest("[data-vak]").querySelector(INVOER));
      const { revisie } = event.submitter.closest("[data-botsing]").dataset;
      klussen.push(() => kies(veld, tekst, revisie));
    }
  } else if (nog().length || klussen.length) {
    // A form that leaves the page waits for what is still being kept.
    event.preventDefault();
    klussen.push(() => vorm.requestSubmit(event.submitter));
  }
  werk();
});
plan.addEventListener("click", (event) => {
  const knop = event.target.closest("[data-kies-vak]");
  if (!knop) return;
  const veld = ken(knop.closest("[data-vak]").querySelector(INVOER));
  const { revisie } = knop.closest("[data-botsing]").dataset;
  klussen.push(() => kies(veld, veld.vak.value, revisie));
  werk();
});

// What others did. A field one is in, or in which something is not kept yet, stays as
// it is and takes it over later.
const later = new Map();
const neemOver = (deel, hier) => {
  for (const [naam, [revisie, tekst]] of Object.entries(deel.velden)) {
    const vak = document.getElementById(`${deel.soort}-${deel.id}-${naam}`);
    if (!vak) continue;
    const veld = ken(vak);
    if (revisie <= veld.revisie) continue;
    if (veld.botst || vak.value !== veld.bewaard || vak === document.activeElement) {
      later.set(hier.id, deel);
      continue;
    }
    // A choice this page does not know yet is shown when the page is loaded again.
    if (vak.options && ![...vak.options].some((keus) => keus.value === tekst)) continue;
    vak.value = tekst;
    veld.revisie = revisie;
    veld.bewaard = vak.value;
  }
  const lijst = lijstVan(deel.soort, deel.soort === "activiteit" ? deel.ouder : "");
  if (lijst && lijst !== hier.parentElement) {
    // Not under the hands of who is in it: it goes when they leave.
    if (hier.contains(document.activeElement)) {
      later.set(hier.id, deel);
      return;
    }
    lijst.append(hier);
  }
  if (Number(hier.dataset.orde) !== deel.orde) {
    hier.dataset.orde = deel.orde;
    schik(hier.parentElement);
  }
};

const haal = async (deel) => {
  const lijst = lijstVan(deel.soort, deel.soort === "activiteit" ? deel.ouder : "");
  if (!lijst) return;
  const antwoord = await fetch(`${plan.dataset.onderdeel}${deel.soort}/${deel.id}/`, {
    redirect: "manual",
    signal: AbortSignal.timeout(GEDULD),
  });
  if (antwoord.ok) zet(lijst, await antwoord.text());
};

const verwerk = async (nieuws) => {
  // Goals first: an activity of a new goal comes with it.
  for (const deel of nieuws.onderdelen) later.set(`${deel.soort}-${deel.id}`, deel);
  const delen = [...later.values()].toSorted(
    (a, b) => (a.soort === "doel" ? 0 : 1) - (b.soort === "doel" ? 0 : 1),
  );
  later.clear();
  for (const deel of delen) {
    const hier = document.getElementById(`${deel.soort}-${deel.id}`);
    if (deel.weg) {
      const druk = [...velden.values()].some(
        (veld) => hier?.contains(veld.vak) && veld.vak.value !== veld.bewaard,
      );
      if (hier && !druk && !hier.contains(document.activeElement)) hier.remove();
    } else if (hier) neemOver(deel, hier);
    else await haal(deel);
  }
  for (const vak of plan.querySelectorAll("[data-botsing]")) {
    const invoer = vak.closest("[data-vak]").querySelector(INVOER);
    if (!(invoer.id in nieuws.botsingen)) toonBotsing(ken(invoer), "");
  }
  for (const [id, html] of Object.entries(nieuws.botsingen)) {
    const vak = document.getElementById(id);
    if (vak) toonBotsing(ken(vak), html);
  }
  const anderen = new Set(nieuws.wie.map((each) => each.naam).filter(Boolean));
  wie.textContent = anderen.size ? `${plan.dataset.tHier}: ${[...anderen].join(", ")}` : "";
  for (const regel of plan.querySelectorAll("[data-ander]")) regel.remove();
  for (const { naam, onderdeel, veld } of nieuws.wie) {
    const vak = plan.querySelector(`[data-id="${CSS.escape(onderdeel)}"] [data-vak] > [name="${CSS.escape(veld)}"]`);
    if (!vak || !naam) continue;
    const regel = document.createElement("span");
    regel.className = "sl-meta";
    regel.dataset.ander = "";
    regel.textContent = `${naam} ${plan.dataset.tSchrijft}`;
    vak.before(regel);
  }
};

const waar = () => {
  const vak = document.activeElement;
  const deel = vak?.closest?.("[data-deel]");
  const veld = deel && vak.matches(INVOER);
  return { onderdeel: veld ? deel.dataset.id : "", veld: veld ? vak.name : "" };
};

const vraag = async () => {
  // Somebody who does nothing is not kept signed in by the page asking.
  if (!document.hidden && !af && Date.now() - laatst < STIL) {
    try {
      const nieuws = await stuur(plan.dataset.samen, { blad, sinds, ...waar() });
      if (nieuws.nu) {
        await verwerk(nieuws);
        sinds = nieuws.nu;
      }
    } catch {
      // What is typed is sent again by itself; this only asks, and asks again.
    }
  }
  setTimeout(vraag, VRAAG);
};

// Leaving with text that the server does not have: it waits in this tab, for the same
// account only, and is gone from there as soon as the page is back.
const onthoud = () => {
  const over = nog().map((veld) => [veld.vak.id, veld.vak.value, veld.revisie]);
  if (over.length) sessionStorage.setItem(plank, JSON.stringify({ account, over }));
};
const terug = () => {
  const bewaard = sessionStorage.getItem(plank);
  sessionStorage.removeItem(plank);
  if (!bewaard) return;
  const { account: van, over } = JSON.parse(bewaard);
  if (van !== account) return;
  for (const [id, tekst, revisie] of over) {
    const vak = document.getElementById(id);
    if (!vak || vak.value === tekst) continue;
    const veld = ken(vak);
    veld.revisie = revisie;
    vak.value = tekst;
    straks(veld);
  }
};

addEventListener("pagehide", () => {
  for (const veld of nog()) {
    stuur(plan.dataset.veld, pakket(veld, veld.vak.value), { keepalive: true }).catch(() => {});
  }
  onthoud();
  stuur(plan.dataset.samen, { blad, sinds, weg: 1 }, { keepalive: true }).catch(() => {});
});
addEventListener("pageshow", (event) => event.persisted && sessionStorage.removeItem(plank));
document.addEventListener("sl:bijna-weg", werk);

verberg(plan);
terug();
setTimeout(vraag, VRAAG);
