"""A small OpenID provider: everybody who comes is the person it was told, and it can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "raadgiver", "mellem os to"


class Provider:
    """`claims` go into the next token on top of what belongs there and `signs` makes it; `says` is what it tells of itself besides the truth."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1"})
        self.be_honest()
        self.codes: dict[str, dict[str, str]] = {}
        app = Flask("provider")
        for path, view in (("/.well-known/openid-configuration", self.about), ("/authorize", self.authorize), ("/keys", self.keys)):
            app.add_url_rule(path, view_func=view)
        for path in ("/token", "/elsewhere"):
            app.add_url_rule(path, view_func=self.token, methods=["POST"])
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def be_honest(self) -> None:
        self.claims: dict[str, Any] = {}
        self.says: dict[str, Any] = {}
        self.signs: Callable[[dict[str, Any]], str] = lambda claims: jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        self.sends_on = False  # who asks for a token is told to ask at another address

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def about(self) -> Response:
        about = {"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize", "token_endpoint": f"{self.issuer}/token",
                 "jwks_uri": f"{self.issuer}/keys", "id_token_signing_alg_values_supported": ["RS256"]}
        return jsonify({**about, **self.says})

    def keys(self) -> Response:
        return jsonify(keys=[self.key.as_dict(private=False)])

    def authorize(self) -> Any:
        asked = request.args.to_dict()
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = f"kode-{len(self.codes)}"
        self.codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def token(self) -> Any:
        if self.sends_on and request.path == "/token":
            return redirect(f"{self.issuer}/elsewhere", 307)
        asked = self.codes.pop(request.form["code"], None)
        digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        if (asked is None or request.authorization is None or request.authorization.password != SECRET
                or base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]):
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 60, "nonce": asked["nonce"], **self.claims}
        return jsonify(access_token="x", token_type="Bearer", id_token=self.signs(claims))
