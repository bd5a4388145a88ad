"""Which room answers which address."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
for prefix, room in (("", "access"), ("", "verantwoording")):
    if find_spec(f"samenloop.{room}.urls"):
        urlpatterns.append(path(prefix, include(f"samenloop.{room}.urls")))

handler400 = "samenloop.access.pages.bad_request"
handler403 = "samenloop.access.pages.forbidden"
handler404 = "samenloop.access.pages.not_found"
handler500 = "samenloop.access.pages.server_error"
