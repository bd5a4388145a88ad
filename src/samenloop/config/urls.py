"""Which room answers which address."""

from django.urls import include, path

urlpatterns = [
    path("", include("samenloop.access.urls")),
    path("", include("samenloop.access.koppelingen.urls")),
    path("", include("samenloop.access.logboek.urls")),
    path("", include("samenloop.access.bewaren.urls")),
    path("", include("samenloop.verantwoording.urls")),
]

handler400 = "samenloop.access.pages.bad_request"
handler403 = "samenloop.access.pages.forbidden"
handler404 = "samenloop.access.pages.not_found"
handler500 = "samenloop.access.pages.server_error"
