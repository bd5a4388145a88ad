"""The seven messages that start something, in the words of the standard.

One line for each class, under both laws: a field is written `Naam:Type`, with `?`
where it may be missing, `+` where it stands there once or more, and `@jeugdwet` where
only that law has it. The answers are not written down: `afleiden` makes them.
"""

from typing import Final

#: Classes of each message by its number; the header is the same for all.
HEENBERICHTEN: Final[dict[int, dict[str, str]]] = {
    301: {
        "Root": "Header:Header Client:Client",
        "Client": (
            "Bsn:LDT_BurgerServicenummer Geboortedatum:CDT_Geboortedatum "
            "Geslacht:LDT_Geslacht Naam:CDT_VolledigeNaam "
            "Communicatie:CDT_Communicatie? JuridischeStatus:LDT_JuridischeStatus? "
            "WettelijkeVertegenwoordiging:LDT_WettelijkeVertegenwoordiging? "
            "Commentaar:LDT_Commentaar? Relaties:Relaties? "
            "Contactgegevens:Contactgegevens ToegewezenProducten:ToegewezenProducten"
        ),
        "Relaties": "Relatie:Relatie+",
        "Relatie": (
            "Nummer:LDT_Persoonsid Volgorde:LDT_RelatieVolgorde? "
            "Soort:LDT_SoortRelatie Geboortedatum:CDT_Geboortedatum? "
            "Geslacht:LDT_Geslacht? Naam:CDT_VolledigeNaam Contact:Contact"
        ),
        "Contact": (
            "Soort:LDT_AdresSoort Adres:CDT_Adres? Organisatie:LDT_Organisatienaam? "
            "Telefoon:CDT_Telefoonnummers? Emailadres:LDT_Emailadres? "
            "Periode:CDT_OpenPeriode?"
        ),
        "Contactgegevens": "Contact:Contact+",
        "ToegewezenProducten": "ToegewezenProduct:ToegewezenProduct+",
        "ToegewezenProduct": (
            "ToewijzingNummer:LDT_Nummer ReferentieAanbieder:LDT_Referentie? "
            "Product:CDT_Product? Toewijzingsdatum:LDT_Datum Toewijzingstijd:LDT_Tijd "
            "Ingangsdatum:LDT_Datum Einddatum:LDT_Datum? "
            "RedenWijziging:LDT_RedenWijziging? Omvang:CDT_Omvang? "
            "Budget:LDT_Budget? Commentaar:LDT_Commentaar?"
        ),
    },
    305: {
        "Root": "Header:Header Client:Client",
        "Client": (
            "Bsn:LDT_BurgerServicenummer Geboortedatum:CDT_Geboortedatum "
            "Geslacht:LDT_Geslacht Naam:CDT_VerkorteNaam StartProducten:StartProducten"
        ),
        "StartProducten": "StartProduct:StartProduct+",
        "StartProduct": (
            "ToewijzingNummer:LDT_Nummer? Product:CDT_Product? "
            "ToewijzingIngangsdatum:LDT_Datum? Begindatum:LDT_Datum "
            "StatusAanlevering:LDT_StatusAanlevering"
        ),
    },
    307: {
        "Root": "Header:Header Client:Client",
        "Client": (
            "Bsn:LDT_BurgerServicenummer Geboortedatum:CDT_Geboortedatum "
            "Geslacht:LDT_Geslacht Naam:CDT_VerkorteNaam StopProducten:StopProducten"
        ),
        "StopProducten": "StopProduct:StopProduct+",
        "StopProduct": (
            "ToewijzingNummer:LDT_Nummer? Product:CDT_Product? "
            "ToewijzingIngangsdatum:LDT_Datum? Begindatum:LDT_Datum "
            "RedenBeeindiging:LDT_RedenBeeindiging Einddatum:LDT_Datum "
            "StatusAanlevering:LDT_StatusAanlevering"
        ),
    },
    315: {
        "Root": "Header:Header Client:Client",
        "Client": (
            "Bsn:LDT_BurgerServicenummer Geboortedatum:CDT_Geboortedatum "
            "Geslacht:LDT_Geslacht Naam:CDT_VerkorteNaam "
            "GezagsdragerBekend:LDT_JaNee?@jeugdwet Commentaar:LDT_Commentaar? "
            "AangevraagdeProducten:AangevraagdeProducten"
        ),
        "AangevraagdeProducten": "AangevraagdProduct:AangevraagdProduct+",
        "AangevraagdProduct": (
            "ReferentieAanbieder:LDT_Referentie BeschikkingNummer:LDT_Nummer? "
            "Product:CDT_Product? BeschikkingIngangsdatum:LDT_Datum? "
            "ToewijzingIngangsdatum:LDT_Datum ToewijzingEinddatum:LDT_Datum? "
            "Omvang:CDT_Omvang? Budget:LDT_Budget? Verwijzer:CDT_Verwijzer "
            "Raamcontract:LDT_JaNee? Commentaar:LDT_Commentaar?"
        ),
    },
    317: {
        "Root": "Header:Header Client:Client",
        "Client": "Bsn:LDT_BurgerServicenummer Verzoek:Verzoek",
        "Verzoek": (
            "ReferentieAanbieder:LDT_Referentie RedenVerzoek:LDT_RedenVerzoek "
            "OngewijzigdeProducten:OngewijzigdeProducten? "
            "TeWijzigenProducten:TeWijzigenProducten? NieuweProducten:NieuweProducten?"
        ),
        "OngewijzigdeProducten": "OngewijzigdProduct:OngewijzigdProduct+",
        "OngewijzigdProduct": "ToewijzingNummer:LDT_Nummer",
        "TeWijzigenProducten": "TeWijzigenProduct:TeWijzigenProduct+",
        "TeWijzigenProduct": (
            "ToewijzingNummer:LDT_Nummer GewensteIngangsdatum:LDT_Datum "
            "Einddatum:LDT_Datum? Omvang:CDT_Omvang? Budget:LDT_Budget?"
        ),
        "NieuweProducten": "NieuwProduct:NieuwProduct+",
        "NieuwProduct": (
            "Product:CDT_Product? GewensteIngangsdatum:LDT_Datum "
            "Einddatum:LDT_Datum? Omvang:CDT_Omvang? Budget:LDT_Budget?"
        ),
    },
    319: {
        "Root": "Header:Header Antwoord:Antwoord",
        "Antwoord": (
            "ReferentieAanbieder:LDT_Referentie VerzoekAntwoord:LDT_VerzoekAntwoord "
            "RedenAfwijzingVerzoek:LDT_RedenAfwijzingVerzoek? "
            "Woonplaatsbeginsel:Woonplaatsbeginsel?@jeugdwet"
        ),
        "Woonplaatsbeginsel": "Gemeente:LDT_Gemeente",
    },
    323: {
        "Root": "Header:Header Declaratie:Declaratie",
        "Declaratie": (
            "DeclaratieNummer:LDT_IdentificatieDeclaratie "
            "DeclaratiePeriode:CDT_GeslotenPeriode DeclaratieDagtekening:LDT_Datum "
            "TotaalIngediendBedrag:CDT_TotaalBedragMetDC Clienten:Clienten"
        ),
        "Clienten": "Client:Client+",
        "Client": "Bsn:LDT_BurgerServicenummer Prestaties:Prestaties",
        "Prestaties": "Prestatie:Prestatie+",
        "Prestatie": (
            "ProductReferentie:CDT_Referentie ToewijzingNummer:LDT_Nummer "
            "ProductCategorie:LDT_ProductCategorie ProductCode:LDT_ProductCode "
            "ProductPeriode:CDT_GeslotenPeriode GeleverdVolume:LDT_Volume "
            "Eenheid:LDT_Eenheid ProductTarief:LDT_Bedrag? "
            "IngediendBedrag:CDT_BedragMetDC"
        ),
    },
}
