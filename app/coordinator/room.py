"""The office's blueprint; each page of it is a module that hangs its routes here."""

from flask import Blueprint

room = Blueprint("coordinator", __name__, url_prefix="/kontor")
