// Asks two minutes before one is signed out whether to go on. Who answers keeps the
// session; who does not is signed out here too, and comes back to the same spot after
// signing in. Other tabs count: work in one keeps all open. A page that saves by itself
// tells that it did with `document.dispatchEvent(new Event("sl:bezig"))`, and saves once
// more on "sl:bijna-weg", so nothing typed is lost.
const dialoog = document.getElementById("sessie");
const VOORAF = 120_000;
const kanaal = "BroadcastChannel" in window ? new BroadcastChannel("samenloop") : null;
let duur = Number(dialoog.dataset.seconden) * 1000;
let einde = Date.now() + duur;
let weg = false;

const bezig = (ookElders = true) => {
  einde = Date.now() + duur;
  if (dialoog.open) dialoog.close();
  if (ookElders) kanaal?.postMessage("bezig");
};

const vraag = async (actie) => {
  const body = new FormData();
  body.set("actie", actie);
  body.set("csrfmiddlewaretoken", dialoog.querySelector("[name=csrfmiddlewaretoken]").value);
  return fetch(dialoog.dataset.adres, { method: "POST", body, redirect: "manual" });
};

const vertrek = () => {
  const hier = location.pathname + location.search + location.hash;
  location.assign(`${dialoog.dataset.aanmelden}?next=${encodeURIComponent(hier)}`);
};

const doorgaan = async () => {
  const antwoord = await vraag("verder");
  if (antwoord.ok) bezig();
  else vertrek();
};

const kijk = () => {
  const over = einde - Date.now();
  if (weg) return;
  if (over <= 0) {
    weg = true;
    vraag("einde").finally(vertrek);
  } else if (over <= VOORAF && !dialoog.open) {
    document.dispatchEvent(new Event("sl:bijna-weg"));
    dialoog.querySelector("[data-tijd]").textContent = new Date(einde)
      .toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" })
      .replace(":", ".");
    dialoog.showModal();
  }
};

kanaal?.addEventListener("message", () => bezig(false));
kanaal?.postMessage("bezig");
dialoog.querySelector("[data-doorgaan]").addEventListener("click", doorgaan);
// Escape closes a dialog; here that means to go on.
dialoog.addEventListener("cancel", (event) => {
  event.preventDefault();
  doorgaan();
});
document.addEventListener("sl:bezig", () => bezig());
document.addEventListener("htmx:afterRequest", () => bezig());
document.addEventListener("visibilitychange", kijk);
setInterval(kijk, 5000);
