"""The keeper's guide: one printed page, its pictures taken from the running program."""

from flask import Blueprint, render_template

blueprint = Blueprint("guide", __name__)


@blueprint.get("/guide")
def show() -> str:
    """Show the page to be printed and hung beside the counter."""
    return render_template("public/guide.html")
