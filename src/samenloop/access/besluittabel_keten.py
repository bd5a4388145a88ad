"""The rows about provisions: deciding, purchasing, messages with providers, paying.

Part of the one table (`besluittabel`), apart as it is a trade of its own. Who makes
a batch of payments is never who approves it; that the database holds, not a row.
"""

from django.utils.translation import gettext_lazy as _

from samenloop.access.besluitregel import Regel, rows
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling, Rol

_H, _B, _D = Handeling, Betrokkenheid, Diepte
_WERKERS = (Rol.CONSULENT, Rol.REGISSEUR)
_IN_GEMEENTE = (_B.GEMEENTE,)
_BETROKKEN = (_B.TOEGEWEZEN, _B.EIGEN)

KETEN: tuple[Regel, ...] = (
    # Provisions and purchasing
    *rows(
        _WERKERS,
        (_H.VOORZIENING_ZIEN,),
        _BETROKKEN,
        _D.WAT,
        _("What somebody has, for who helps them or deals with their application."),
    ),
    *rows(
        (Rol.BACKOFFICE,),
        (_H.VOORZIENING_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("What is granted and delivered, to answer providers and check invoices."),
    ),
    *rows(
        (Rol.CONSULENT,),
        (_H.AANVRAAG_BEHANDELEN, _H.BESCHIKKEN, _H.TOEWIJZEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The consultant inquires, decides for the municipality and allocates."),
    ),
    *rows(
        (Rol.REGISSEUR,),
        (_H.AANVRAAG_BEHANDELEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Who directs a plan applies for what it needs; another decides."),
    ),
    *rows(
        (Rol.CONSULENT, Rol.BACKOFFICE),
        (_H.VERZOEK_BEHANDELEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Providers get an answer within the term of the standard."),
    ),
    *rows(
        (Rol.BACKOFFICE,),
        (_H.TOEWIJZEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Administration ends and corrects what was allocated; it decides nothing."),
    ),
    *rows(
        (*_WERKERS, Rol.BACKOFFICE, Rol.BEHEER),
        (_H.CONTRACT_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Who offers what at what price and waiting time; nothing about clients."),
    ),
    *rows(
        (Rol.BEHEER,),
        (_H.CONTRACT_BEHEREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Contracts and routes are set up apart from who decides on clients."),
    ),
    # Messages with providers, invoices and payment
    *rows(
        (Rol.BACKOFFICE,),
        (_H.VERKEER_ZIEN, _H.VERKEER_DOEN, _H.DECLARATIE_ZIEN),
        _IN_GEMEENTE,
        _D.WAT,
        _("The back office keeps the traffic going and checks what is invoiced."),
    ),
    *rows(
        (Rol.PARTNER,),
        (_H.VERKEER_UITWISSELEN,),
        (_B.EIGEN,),
        _D.WAT,
        _("A program carries messages when the administrator connected it for that."),
    ),
    *rows(
        (Rol.BACKOFFICE, Rol.TEAMLEIDER),
        (_H.BETAALBATCH_MAKEN, _H.BETAALBATCH_GOEDKEUREN),
        _IN_GEMEENTE,
        _D.WAT,
        _("Two people for one payment; who made a batch never approves it."),
    ),
    *rows(
        (Rol.BACKOFFICE, Rol.TEAMLEIDER, Rol.BELEID),
        (_H.BESTEDING_ZIEN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("Amounts per contract and category; nothing about clients."),
    ),
    *rows(
        (Rol.BEHEER,),
        (_H.AANSLUITING_BEHEREN,),
        _IN_GEMEENTE,
        _D.WAT,
        _("How messages travel is set up apart from what is in them."),
    ),
)
