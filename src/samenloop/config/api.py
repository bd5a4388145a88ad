"""The API for programs: which rooms speak in it, and how faults are answered.

After the NL API Design Rules 2.2: Dutch plural nouns, version in the path and in each
answer, problem+json, all faults in one answer, nothing sensitive in an address. What an
operation does stands in the `api.py` of its room; what the description must hold beside
it in `api_beschrijving.py`, what holds for each answer in `api_antwoord.py`.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from samenloop.access.koppelingen.api import router as toegang
from samenloop.access.koppelingen.problemen import WAT_KLOPT_NIET, Probleem, answer
from samenloop.access.koppelingen.toegang import Bewijs
from samenloop.access.poort import voor_iedereen
from samenloop.berichten.verkeer.api import router as berichten
from samenloop.config import api_beschrijving, api_fouten
from samenloop.config.api_antwoord import VERSIE
from samenloop.core.fouten import SamenloopFout
from samenloop.signalen.api import router as signalen


class Api(NinjaAPI):
    """The API with its own description, and the faults of this house."""

    def get_openapi_schema(
        self,
        *,
        path_prefix: str | None = None,
        path_params: dict[str, Any] | None = None,
    ) -> OpenAPISchema:
        """Return the description, with what cannot be said per operation."""
        # The address of the server already ends in the version.
        beschrijving = super().get_openapi_schema(path_prefix="", path_params={})
        return api_beschrijving.complete(beschrijving)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses; a token takes the place of signing in as a person."""
        patronen, *rest = super().urls
        for patroon in patronen:
            if isinstance(patroon, URLPattern):
                login_not_required(patroon.callback)
        return patronen, rest[0], rest[1]


api = Api(
    title="Samenloop",
    version=VERSIE,
    description=api_beschrijving.INLEIDING,
    openapi_url=None,
    docs_url=None,
    servers=[{"url": "/api/v1", "description": "Deze installatie"}],
    urls_namespace="api",
    auth=Bewijs(),
    openapi_extra={
        "info": {
            "contact": {
                "name": "Beheer van Samenloop",
                "url": "https://samenloop.example/koppelen",
                "email": "beheer@samenloop.example",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "tags": api_beschrijving.TAGS,
    },
)
api.add_router("", toegang)
api.add_router("", signalen)
api.add_router("", berichten)


@api.get("/openapi.json", include_in_schema=False, auth=None, url_name="openapi")
@voor_iedereen("the description of the API is public")
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the description of the API, for whoever asks from wherever."""
    return JsonResponse(
        api.get_openapi_schema(), headers={"Access-Control-Allow-Origin": "*"}
    )


def _problem(request: HttpRequest, fout: Probleem) -> HttpResponse:
    return fout.answer()


def _invalid(request: HttpRequest, fout: ValidationError) -> HttpResponse:
    fouten = api_fouten.in_words(fout.errors)
    if any(each.naam == "pad" for each in fouten):
        # An id that cannot exist is as absent as one that could.
        return answer(404)
    return answer(400, WAT_KLOPT_NIET, code="ongeldig", fouten=fouten)


def _http(request: HttpRequest, fout: HttpError) -> HttpResponse:
    return answer(fout.status_code)


def _domain(request: HttpRequest, fout: SamenloopFout) -> HttpResponse:
    return answer(400, str(fout), code="ongeldig")


def _forbidden(request: HttpRequest, fout: PermissionDenied) -> HttpResponse:
    return answer(403, str(fout))


def _absent(request: HttpRequest, fout: Http404) -> HttpResponse:
    return answer(404)


def _too_big(request: HttpRequest, fout: RequestDataTooBig) -> HttpResponse:
    return answer(413)


def _no_database(request: HttpRequest, fout: OperationalError) -> HttpResponse:
    return answer(503, headers={"Retry-After": "60"})


for soort, antwoord in (
    (Probleem, _problem),
    (ValidationError, _invalid),
    (HttpError, _http),
    (SamenloopFout, _domain),
    (PermissionDenied, _forbidden),
    (Http404, _absent),
    (RequestDataTooBig, _too_big),
    (OperationalError, _no_database),
):
    api.add_exception_handler(soort, antwoord)  # type: ignore[arg-type]
