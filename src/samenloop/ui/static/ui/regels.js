// The page of a rule without reloading: buttons of the condition builder, saving by
// itself, and how far a dry run is. Without this script the same forms do the same.
const WACHT = 1500;
const KIJK = 1500;
const vorm = document.getElementById("vorm");
let bewaren = 0;
let beurt = 0;

const stuur = async (actie) => {
  const formulier = vorm.querySelector("form");
  const body = new FormData(formulier);
  body.set("actie", actie);
  clearTimeout(bewaren);
  const mijn = ++beurt;
  const antwoord = await fetch(formulier.action, {
    method: "POST", body, headers: { "X-Samenloop-Deel": "vorm" }, redirect: "error",
  });
  if (!antwoord.ok || mijn !== beurt) return null;
  document.dispatchEvent(new Event("sl:bezig"));
  const deel = document.createElement("template");
  deel.innerHTML = await antwoord.text();
  return mijn === beurt ? deel.content : null;
};

const anders = async (actie, focus) => {
  const open = vorm.querySelector("#typen")?.open;
  const nieuw = await stuur(actie);
  if (!nieuw) return;
  // Half finished is not wrong yet: faults are told when one saves or tries.
  nieuw.querySelector("#samenvatting")?.remove();
  vorm.replaceChildren(nieuw);
  if (open) vorm.querySelector("#typen").open = true;
  const doel = focus(vorm);
  if (doel) doel.focus();
};

const bewaar = async () => {
  const nieuw = await stuur("bewaar");
  const melding = nieuw?.querySelector("#bewaard");
  if (!melding) return;
  document.getElementById("bewaard").replaceChildren(...melding.childNodes);
  // The expression follows the boxes, unless one is typing in it.
  const oud = vorm.querySelector("#uitdrukking");
  const nieuwTekst = nieuw.querySelector("#uitdrukking");
  if (document.activeElement !== oud && !nieuw.querySelector("#uitdrukking-fout")) {
    oud.value = nieuwTekst.value;
    vorm.querySelector("[name=uitdrukking_was]").value =
      nieuw.querySelector("[name=uitdrukking_was]").value;
  }
};

if (vorm) {
  vorm.addEventListener("click", (event) => {
    const knop = event.target.closest("button[data-bouw]");
    if (!knop) return;
    event.preventDefault();
    const [wat, waar] = knop.value.split(":");
    anders(knop.value, (root) => {
      const eigen = waar ? `${waar}-` : "";
      const diepte = (waar ? waar.split("-").length : 0) + (wat === "groep" ? 2 : 1);
      const velden = [...root.querySelectorAll("select[name^=veld-]")].filter(
        (veld) => veld.name.startsWith(`veld-${eigen}`)
          && veld.name.slice(5).split("-").length === diepte,
      );
      if (wat !== "weg") return velden.at(-1);
      const ouder = waar.split("-").slice(0, -1).join("-");
      return root.querySelector(`[id="voorwaarde-${ouder}"]`);
    });
  });
  vorm.addEventListener("change", (event) => {
    const id = event.target.id;
    if (event.target.matches("select[data-bouw]")) {
      anders("bewaar", (root) => root.querySelector(`[id="${id}"]`));
    }
  });
  vorm.addEventListener("input", () => {
    clearTimeout(bewaren);
    bewaren = setTimeout(bewaar, WACHT);
  });
  document.addEventListener("sl:bijna-weg", bewaar);
}

const volg = async () => {
  const bezig = document.querySelector("[data-proef]");
  if (!bezig) return;
  const antwoord = await fetch(bezig.dataset.proef);
  if (!antwoord.ok) return;
  const deel = document.createElement("template");
  deel.innerHTML = await antwoord.text();
  if (!deel.content.querySelector("[data-proef]")) {
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
