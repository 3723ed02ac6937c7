"""Appointments for a group of small clinics."""

import os

from flask import Flask

from clinic.extensions import db, migrate


def create_app() -> Flask:
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]

    from clinic import models  # noqa: F401  (registers the tables)
    from clinic.views.appointments import blueprint

    db.init_app(app)
    migrate.init_app(app, db)
    app.register_blueprint(blueprint)
    return app
