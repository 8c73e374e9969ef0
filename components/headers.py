"""What the browser is told on every answer: load nothing from elsewhere, run nothing unknown."""

from __future__ import annotations

from collections.abc import Sequence

from dash import Dash
from flask import Response, request

from components.static import STATIC

BASE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
FOREVER = "public, max-age=31536000, immutable"


def policy(hashes: Sequence[str]) -> str:
    """The content security policy, with the hashes of the page's own inline scripts."""
    scripts = " ".join(["'self'", *(f"'{h}'" if "'" not in h else h for h in hashes)])
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def set_headers(app: Dash) -> None:
    """Add the headers to every answer of the app's server."""
    known: dict[str, str] = {}

    @app.server.after_request
    def add(response: Response) -> Response:
        if "policy" not in known and app._got_first_request["setup_server"]:
            known["policy"] = policy(app.csp_hashes())
        response.headers.update(BASE)
        response.headers["Content-Security-Policy"] = known.get("policy", policy([]))
        response.headers["Cache-Control"] = _cache(response)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def _cache(response: Response) -> str:
    # Component suites carry a fingerprint and assets a time in their address.
    if response.status_code == 200 and request.path.startswith(STATIC) and _named(request):
        return FOREVER
    return "no-store"


def _named(asked: object) -> bool:
    return bool(request.query_string) or ".v" in request.path
