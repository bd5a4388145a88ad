"""What people see of a dossier: time line, journal, conversations, notes, documents."""

from samenloop.plannen.dossier.pages.contact import (
    contact,
    contact_correct,
    contact_draft,
    contact_new,
    journal,
)
from samenloop.plannen.dossier.pages.document import (
    document_open,
    document_version,
    documents,
)
from samenloop.plannen.dossier.pages.gesprek import (
    conversation,
    conversation_draft,
    conversations,
)
from samenloop.plannen.dossier.pages.notitie import note, note_draft, notes
from samenloop.plannen.dossier.pages.tijdlijn import timeline
from samenloop.plannen.dossier.pages.verslag import report, report_given

__all__ = [
    "contact",
    "contact_correct",
    "contact_draft",
    "contact_new",
    "conversation",
    "conversation_draft",
    "conversations",
    "document_open",
    "document_version",
    "documents",
    "journal",
    "note",
    "note_draft",
    "notes",
    "report",
    "report_given",
    "timeline",
]
