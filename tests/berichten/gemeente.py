"""A municipality without a database, for a provider to talk with.

It judges by the same rules, answers within the term, grants what is asked or refuses
it, and keeps what it holds in memory. The real one is tried in `verkeer`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from samenloop.berichten.regels.antwoord import antwoord
from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.keuren import Oordeel, keur
from samenloop.berichten.regels.regie import als_regie
from samenloop.berichten.regels.stand import (
    StandContractproduct,
    StandPrestatie,
    StandToewijzing,
    StandVerzoek,
)
from samenloop.berichten.standaard import Bericht, Inhoud, Wet, schrijf, soort
from samenloop.berichten.standaard.soorten import SUBVERSIE, VERSIE, XSD_VERSIE

CODE = "0014"
CONTRACT = [
    StandContractproduct("02", "02A03", "04", 6600),
    StandContractproduct("07", "07A01", "16", 5200),
    StandContractproduct("05", "05A05", "14", 9100),
]
CONTRACT_JEUGD = [
    StandContractproduct("45", "45A03", "01", 150),
    StandContractproduct("41", "41A03", "16", 7000),
]


@dataclass
class Gemeente:
    """One municipality opposite one provider, under one law."""

    agb: str
    wet: Wet
    rnd: Random
    stand: GeheugenStand
    uit: list[tuple[str, bytes]] = field(default_factory=list)
    antwoorden: dict[tuple[int, str], int] = field(default_factory=dict)
    retouren: list[Bericht] = field(default_factory=list)
    onleesbaar: int = 0
    clienten: dict[str, Inhoud] = field(default_factory=dict)
    in_onderzoek: list[tuple[date, Inhoud, str]] = field(default_factory=list)
    _nummer: int = 0

    def nummer(self) -> int:
        """The next number of anything."""
        self._nummer += 1
        return self._nummer

    def stuur(self, bericht: Bericht) -> None:
        """Let a message go out."""
        self.uit.append((f"{self.nummer():06}.xml", schrijf(bericht)))

    def kop(self, nummer: int, dag: date) -> Inhoud:
        """The header of a message of ours."""
        return {
            "BerichtCode": soort(self.wet, nummer).berichtcode,
            "BerichtVersie": VERSIE,
            "BerichtSubversie": SUBVERSIE,
            "Afzender": CODE,
            "Ontvanger": self.agb,
            "BerichtIdentificatie": {
                "Identificatie": f"G{self.nummer()}",
                "Dagtekening": dag,
            },
            "XsdVersie": {
                "BasisschemaXsdVersie": XSD_VERSIE,
                "BerichtXsdVersie": XSD_VERSIE,
            },
        }

    def ken_toe(self, dag: date, *nieuw: StandToewijzing) -> None:
        """Give or change allocations of one client, and tell of all that run."""
        nummers = {each.nummer for each in nieuw}
        rijen = self.stand.alle_toewijzingen
        rijen[:] = [each for each in rijen if each.nummer not in nummers] + list(nieuw)
        bsn = nieuw[0].bsn
        mee = [
            each
            for each in rijen
            if each.bsn == bsn and (each.nummer in nummers or each.geldig_vanaf(dag))
        ]
        client = self.clienten.setdefault(bsn, _client(bsn, self.wet))
        self.stuur(
            Bericht(
                soort(self.wet, 301),
                {
                    "Header": self.kop(301, dag),
                    "Client": {
                        **client,
                        "ToegewezenProducten": {
                            "ToegewezenProduct": [
                                _product(each, each.nummer in nummers) for each in mee
                            ]
                        },
                    },
                },
            )
        )

    def ontvang(self, data: bytes, dag: date) -> None:
        """Take a message in, answer it and do what it says."""
        oordeel = keur(data, stand=self.stand, vandaag=dag)
        bericht = oordeel.bericht
        if bericht is None:
            self.onleesbaar += 1
            return
        if bericht.soort.is_antwoord:
            self.retouren.append(bericht)
            return
        sleutel = (bericht.soort.nummer, bericht.identificatie)
        if sleutel in self.antwoorden:
            return  # the same bytes again
        self.antwoorden[sleutel] = self.antwoorden.get(sleutel, 0) + 1
        self.stand.identificaties.add((sleutel[0], bericht.afzender, sleutel[1]))
        self.stuur(
            antwoord(
                bericht,
                oordeel,
                identificatie=f"R{self.nummer()}",
                dagtekening=dag,
            )
        )
        if oordeel.oordeel in ("goedgekeurd", "deels"):
            self._verwerk(bericht, oordeel, dag)

    def _verwerk(self, bericht: Bericht, oordeel: Oordeel, dag: date) -> None:
        client = bericht.inhoud.get("Client", {})
        match bericht.soort.nummer:
            case 305 | 307 as nummer:
                rij = "StartProducten" if nummer == 305 else "StopProducten"
                regie = self.stand.alle_regie.setdefault(client["Bsn"], [])
                for deel in client[rij][rij[:-2]]:
                    if deel["StatusAanlevering"] == "3":
                        regie.remove(als_regie(deel))
                    else:
                        regie.append(als_regie(deel))
            case 315:
                for deel in client["AangevraagdeProducten"]["AangevraagdProduct"]:
                    self._verzoek(deel["ReferentieAanbieder"], client["Bsn"], 315)
                    self._besluit_over(deel, client["Bsn"], dag)
            case 317:
                verzoek = client["Verzoek"]
                self._verzoek(verzoek["ReferentieAanbieder"], client["Bsn"], 317)
                self._wijzig(verzoek, client["Bsn"], dag)
            case 323:
                self._boek(bericht, oordeel)

    def _verzoek(self, referentie: str, bsn: str, nummer: int) -> None:
        self.stand.alle_verzoeken.append(StandVerzoek(referentie, bsn, nummer))

    def _antwoord(self, referentie: str, zegt: str, dag: date) -> None:
        deel = {"ReferentieAanbieder": referentie, "VerzoekAntwoord": zegt}
        if zegt == "1":
            deel["RedenAfwijzingVerzoek"] = "2"
        kop = self.kop(319, dag)
        self.stuur(Bericht(soort(self.wet, 319), {"Header": kop, "Antwoord": deel}))
        self._bij(referentie, antwoorden=(zegt,))

    def _bij(self, referentie: str, **wat: object) -> None:
        rijen = self.stand.alle_verzoeken
        rijen[:] = [
            replace(each, **wat) if each.referentie == referentie else each  # type: ignore[arg-type]
            for each in rijen
        ]

    def _besluit_over(self, deel: Inhoud, bsn: str, dag: date) -> None:
        referentie = deel["ReferentieAanbieder"]
        if self.rnd.random() < 0.2:
            self._antwoord(referentie, "1", dag)
        elif self.rnd.random() < 0.3:
            self._antwoord(referentie, "2", dag)
            self.in_onderzoek.append((dag + timedelta(days=15), deel, bsn))
        else:
            self._ken_gevraagde_toe(deel, bsn, dag)

    def dag(self, dag: date) -> None:
        """Decide about what has been looked into."""
        for each in [each for each in self.in_onderzoek if each[0] <= dag]:
            self.in_onderzoek.remove(each)
            self._ken_gevraagde_toe(each[1], each[2], dag)

    def _ken_gevraagde_toe(self, deel: Inhoud, bsn: str, dag: date) -> None:
        referentie = deel["ReferentieAanbieder"]
        self._bij(referentie, toegewezen=True)
        product, omvang = deel["Product"], deel["Omvang"]
        self.ken_toe(
            dag,
            StandToewijzing(
                nummer=self.nummer(),
                bsn=bsn,
                aanbieder=self.agb,
                ingang=deel["ToewijzingIngangsdatum"],
                eind=deel["ToewijzingEinddatum"],
                categorie=product["Categorie"],
                code=product["Code"],
                volume=omvang["Volume"],
                eenheid=omvang["Eenheid"],
                frequentie=omvang["Frequentie"],
                toegewezen_op=datetime.combine(dag, datetime.min.time()),
                referentie_aanbieder=referentie,
            ),
        )

    def _wijzig(self, verzoek: Inhoud, bsn: str, dag: date) -> None:
        referentie = verzoek["ReferentieAanbieder"]
        self._bij(referentie, toegewezen=True)
        anders = verzoek["TeWijzigenProducten"]["TeWijzigenProduct"][0]
        nummer = anders["ToewijzingNummer"]
        oud = self.stand.toewijzingen(self.wet, self.agb, [nummer])[nummer]
        begin = anders["GewensteIngangsdatum"]
        moment = datetime.combine(dag, datetime.min.time())
        self.ken_toe(
            dag,
            replace(
                oud,
                eind=begin - timedelta(days=1),
                reden_wijziging="12",
                toegewezen_op=moment,
                referentie_aanbieder=referentie,
            ),
            replace(
                oud,
                nummer=self.nummer(),
                ingang=begin,
                eind=anders["Einddatum"],
                volume=anders["Omvang"]["Volume"],
                toegewezen_op=moment,
                referentie_aanbieder=referentie,
                reden_wijziging=None,
            ),
        )

    def _boek(self, bericht: Bericht, oordeel: Oordeel) -> None:
        kop = bericht.inhoud["Declaratie"]
        fout = {"/".join(each.pad.split("/")[:7]) for each in oordeel.fouten}
        self.stand.declaratienummers.add(kop["DeclaratieNummer"])
        maand: date = kop["DeclaratiePeriode"]["Begindatum"]
        self.stand.laatste_periode = max(maand, self.stand.laatste_periode or maand)
        for c, client in enumerate(kop["Clienten"]["Client"], 1):
            for p, deel in enumerate(client["Prestaties"]["Prestatie"], 1):
                plek = f"/Bericht/Declaratie/Clienten/Client[{c}]/Prestaties/"
                if f"{plek}Prestatie[{p}]" not in fout:
                    self.stand.alle_prestaties.append(_regel(client["Bsn"], deel))


def _regel(bsn: str, deel: Inhoud) -> StandPrestatie:
    referentie = deel["ProductReferentie"]
    return StandPrestatie(
        referentie=referentie["ReferentieNummer"],
        nummer=deel["ToewijzingNummer"],
        bsn=bsn,
        categorie=deel["ProductCategorie"],
        code=deel["ProductCode"],
        begin=deel["ProductPeriode"]["Begindatum"],
        eind=deel["ProductPeriode"]["Einddatum"],
        volume=deel["GeleverdVolume"],
        eenheid=deel["Eenheid"],
        bedrag=deel["IngediendBedrag"]["Bedrag"],
        debet=deel["IngediendBedrag"]["DebetCredit"] == "D",
        vorige=referentie.get("VorigReferentieNummer"),
        tarief=deel.get("ProductTarief"),
    )


def _client(bsn: str, wet: Wet) -> Inhoud:
    client: Inhoud = {
        "Bsn": bsn,
        "Geboortedatum": {"Datum": date(1960, 3, 4)},
        "Geslacht": "2",
        "Naam": {
            "Geslachtsnaam": {"Achternaam": "Proef"},
            "Voornamen": "Toets",
            "NaamGebruik": "1",
        },
        "Contactgegevens": {
            "Contact": [
                {
                    "Soort": "01",
                    "Adres": {
                        "Huis": {"Huisnummer": 7},
                        "Postcode": "9711AB",
                        "Straatnaam": "Kerkstraat",
                        "Plaatsnaam": "Groningen",
                        "LandCode": "NL",
                    },
                }
            ]
        },
    }
    if wet == "jeugdwet":
        client["Geboortedatum"] = {"Datum": date(2014, 3, 4)}
    return client


def _product(each: StandToewijzing, nieuw: bool) -> Inhoud:
    assert each.toegewezen_op is not None
    uit: Inhoud = {"ToewijzingNummer": each.nummer}
    if nieuw and each.referentie_aanbieder:
        uit["ReferentieAanbieder"] = each.referentie_aanbieder
    if each.categorie:
        uit["Product"] = {"Categorie": each.categorie}
        if each.code:
            uit["Product"]["Code"] = each.code
    uit["Toewijzingsdatum"] = each.toegewezen_op.date()
    uit["Toewijzingstijd"] = f"{each.toegewezen_op:%H:%M:%S}"
    uit["Ingangsdatum"] = each.ingang
    if each.eind:
        uit["Einddatum"] = each.eind
    if nieuw and each.reden_wijziging:
        uit["RedenWijziging"] = each.reden_wijziging
    if each.volume is not None:
        uit["Omvang"] = {
            "Volume": each.volume,
            "Eenheid": each.eenheid,
            "Frequentie": each.frequentie,
        }
    if each.budget is not None:
        uit["Budget"] = each.budget
    return uit
