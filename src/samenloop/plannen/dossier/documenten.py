"""Documents of a dossier: adding them, next versions, and handing them out.

A file is looked at by its content before it is kept. It is handed out only to whom the
part is open, only as it was put away, and only after the scanner, if there is one,
found it clean.
"""

from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.dossier import keuren, opbergen, scannen, toelating
from samenloop.plannen.dossier.models import Document, Documentversie
from samenloop.plannen.models import Deel, Dossier


class TeGroot(SamenloopFout):
    """The file is larger than what is kept."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This file is too large; a document may be %(mb)s MB. Make it smaller, "
                "for instance by saving it as a PDF, or split it."
            )
            % {"mb": settings.DOCUMENTEN["MAX"] // (1024 * 1024)}
        )


class NogDicht(SamenloopFout):
    """The scanner did not say yet, or not that it is clean."""

    melding = _(
        "This file was not found clean by the scanner yet, so it stays closed. Try "
        "again in a few minutes."
    )


class Besmet(SamenloopFout):
    """The scanner found something harmful in it."""

    melding = _(
        "The scanner found something harmful in this file. It was removed and cannot "
        "be opened. Ask who delivered it for a clean one."
    )


@transaction.atomic
def add(
    dossier: Dossier,
    bestand: "UploadedFile[Any]",
    *,
    titel: str,
    soort: str,
    door: Actor,
) -> Documentversie:
    """Add a document with its first file.

    Raises:
        GeenToegang: documents are not open to the actor.
        VerkeerdBestand, TeGroot, OpslagVol: the file is not kept, and why.
    """
    toelating.require_add(door, dossier, Deel.DOCUMENTEN)
    type_ = _checked(bestand)
    document = Document.objects.create(
        dossier=dossier, titel=titel, soort=soort, door=door.account_id, op=klok.now()
    )
    return _keep(document, bestand, type_, 1, door)


@transaction.atomic
def add_version(
    document: Document, bestand: "UploadedFile[Any]", *, door: Actor
) -> Documentversie:
    """Add a next file of a document; the earlier ones stay.

    Raises:
        GeenToegang: documents are not open to the actor.
        VerkeerdBestand, TeGroot, OpslagVol: the file is not kept, and why.
    """
    toelating.require_add(door, document.dossier, Deel.DOCUMENTEN, van=(document.door,))
    type_ = _checked(bestand)
    # One at a time, so that two people get two numbers.
    Document.objects.select_for_update().get(pk=document.pk)
    laatste = document.versies.aggregate(Max("nummer"))["nummer__max"] or 0
    return _keep(document, bestand, type_, laatste + 1, door)


def of_dossier(dossier: Dossier) -> QuerySet[Document]:
    """Return the documents with their versions; access is decided by the caller."""
    return Document.objects.filter(dossier=dossier).prefetch_related(
        Prefetch("versies", Documentversie.objects.order_by("-nummer"))
    )


def hand_out(actor: Actor, versie: UUID) -> tuple[Documentversie, bytes]:
    """Return a version with its content, and write down that it was handed out.

    Raises:
        Documentversie.DoesNotExist: there is none, or not in this municipality.
        GeenToegang: documents are not open to the actor.
        NogDicht, Besmet, BestandStuk: it cannot be opened, and why.
    """
    gevonden = Documentversie.objects.select_related("document__dossier").get(
        pk=versie, document__dossier__gemeente=actor.gemeente
    )
    dossier = gevonden.document.dossier
    toegang.require(actor, dossier, toelating.LEZEN, Deel.DOCUMENTEN)
    return gevonden, content(actor, gevonden)


def content(actor: Actor, gevonden: Documentversie) -> bytes:
    """Return what a version holds, for whom the caller lets see it; it is logged.

    Raises:
        NogDicht, Besmet, BestandStuk: it cannot be opened, and why.
    """
    if gevonden.scan == Documentversie.Scan.BESMET:
        raise Besmet()
    if not scannen.may_open(gevonden):
        raise NogDicht()
    inhoud = opbergen.read(gevonden)
    toelating.looked(
        actor,
        gevonden.document.dossier,
        onderwerp=f"document:{gevonden.document_id}",
        wijze=logboek.Wijze.VERSTREKT,
    )
    return inhoud


def _checked(bestand: "UploadedFile[Any]") -> keuren.Type:
    if (bestand.size or 0) > settings.DOCUMENTEN["MAX"]:
        raise TeGroot()
    bron: IO[bytes] = bestand.file  # type: ignore[assignment]
    return keuren.check(bron, bestand.name or "")


def _keep(
    document: Document,
    bestand: "UploadedFile[Any]",
    type_: keuren.Type,
    nummer: int,
    door: Actor,
) -> Documentversie:
    geborgen = opbergen.put(bestand.chunks())
    try:
        versie = Documentversie.objects.create(
            document=document,
            nummer=nummer,
            bestandsnaam=_plain(bestand.name or "document"),
            type=type_.code,
            grootte=geborgen.grootte,
            sha256=geborgen.sha256,
            opslag=geborgen.opslag,
            door=door.account_id,
            op=klok.now(),
        )
        toelating.changed(door, document.dossier, f"document:{document.pk}")
    except BaseException:
        opbergen.discard(geborgen.opslag)
        raise
    return versie


def _plain(naam: str) -> str:
    """Return a file name without a path and without what a header cannot hold."""
    kort = naam.replace("\\", "/").rsplit("/", 1)[-1]
    schoon = "".join(teken for teken in kort if teken.isprintable() and teken != '"')
    stam, punt, uitgang = schoon.rpartition(".")
    return f"{stam[:180]}{punt}{uitgang[:10]}" if punt else schoon[:190] or "document"
