"""Messages that stay inside: a thread in a dossier, its messages, and who got them.

A message goes from one participation to others (`plannen.Deelname`): when a
participation ends, so does reading. Nothing is changed or removed after it was sent.
"""

import uuid

from django.db import models
from django.db.models import Q

from samenloop.core import klok
from samenloop.plannen.models import Deelname, Dossier


class Draad(models.Model):
    """What several people wrote to each other about one matter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="draden"
    )
    onderwerp = models.CharField(max_length=200)
    begonnen_op = models.DateTimeField(default=klok.now)
    laatste_op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["-laatste_op", "id"]
        constraints = [
            models.CheckConstraint(
                name="postvak_draad_onderwerp", condition=~Q(onderwerp="")
            )
        ]

    def __str__(self) -> str:
        return f"Draad {self.pk}"


class Bericht(models.Model):
    """One message; its sender takes part in the dossier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draad = models.ForeignKey(Draad, on_delete=models.CASCADE, related_name="berichten")
    van = models.ForeignKey(Deelname, on_delete=models.PROTECT, related_name="+")
    # Who wrote it, also where an organisation or a role takes part.
    account = models.BigIntegerField(null=True, editable=False)
    tekst = models.TextField()
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(name="postvak_bericht_tekst", condition=~Q(tekst=""))
        ]

    def __str__(self) -> str:
        return f"Bericht {self.pk}"


class Ontvangst(models.Model):
    """To whom a message went, and when it was first read and by whom.

    Somebody of the family has no account that could be named; their participation does.
    """

    id = models.BigAutoField(primary_key=True)
    bericht = models.ForeignKey(
        Bericht, on_delete=models.CASCADE, related_name="ontvangsten"
    )
    deelname = models.ForeignKey(Deelname, on_delete=models.PROTECT, related_name="+")
    gelezen_op = models.DateTimeField(null=True, blank=True)
    gelezen_door = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["deelname"],
                name="postvak_ontvangst_ongelezen",
                condition=Q(gelezen_op__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["bericht", "deelname"], name="postvak_ontvangst_een_keer"
            ),
            models.CheckConstraint(
                name="postvak_ontvangst_gelezen_door",
                condition=Q(gelezen_op__isnull=False) | Q(gelezen_door__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Ontvangst {self.pk}"


class Bijlage(models.Model):
    """A document of the dossier that goes along with a message."""

    id = models.BigAutoField(primary_key=True)
    bericht = models.ForeignKey(
        Bericht, on_delete=models.CASCADE, related_name="bijlagen"
    )
    document = models.UUIDField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bericht", "document"], name="postvak_bijlage_een_keer"
            )
        ]

    def __str__(self) -> str:
        return f"Bijlage {self.pk}"


class Berichtconcept(models.Model):
    """What somebody is typing: theirs alone, gone once it is sent."""

    id = models.BigAutoField(primary_key=True)
    account = models.BigIntegerField()
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    draad = models.ForeignKey(
        Draad, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    inhoud = models.JSONField(default=dict)
    bewaard_op = models.DateTimeField(default=klok.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "dossier", "draad"],
                name="postvak_concept_een_per_draad",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"Berichtconcept {self.pk}"


class Attendering(models.Model):
    """When an account was last told by e-mail that something waits; nothing else."""

    account = models.BigIntegerField(primary_key=True)
    op = models.DateTimeField()

    def __str__(self) -> str:
        return f"Attendering {self.account}"
