"""What a server says that lets nobody in, in whichever language, is told apart."""

import psycopg
import pytest

from koba_desktop.storage.postgres.errors import not_connected


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('FATAL:  password authentication failed for user "x"', "password_wrong"),
        ("FATAL:  Passwort-Authentifizierung für Benutzer »x« fehlgeschlagen", "password_wrong"),
        ("FATAL:  Passwort-Authentifizierung f\ufffdr Benutzer", "password_wrong"),
        ('FATAL:  role "x" is not permitted to log in', "login_disabled"),
        ("FATAL:  Rolle »x« hat keine Berechtigung zum Einloggen", "login_disabled"),
        ('FATAL:  permission denied to set role "koba_owner"', "setup_right_missing"),
        ("FATAL:  keine Berechtigung, um Rolle »koba_owner« zu setzen", "setup_right_missing"),
        ('FATAL:  role "x" does not exist', "password_wrong"),
        ("FATAL:  Rolle »x« existiert nicht", "password_wrong"),
        ('FATAL:  database "koba" does not exist', "database_missing"),
        ("FATAL:  Datenbank »koba« existiert nicht", "database_missing"),
        ('FATAL:  permission denied for database "koba"', "login_without_right"),
        ("FATAL:  keine Berechtigung für Datenbank »koba«", "login_without_right"),
        ("FATAL:  sorry, too many clients already", "too_many_connections"),
        ("FATAL:  tut mir leid, schon zu viele Verbindungen", "too_many_connections"),
        ('FATAL:  too many connections for role "x"', "too_many_connections"),
        ("FATAL:  zu viele Verbindungen von Rolle »x«", "too_many_connections"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x"', "login_without_right"),
        ("FATAL:  kein pg_hba.conf-Eintrag für Host »10.0.0.1«", "login_without_right"),
        ("FATAL:  pg_hba.conf lehnt Verbindung ab für Host »10.0.0.1«", "login_without_right"),
        ("FATAL:  the database system is starting up", "server_away"),
        ("FATAL:  das Datenbanksystem fährt herunter", "server_away"),
        ("server does not support SSL, but SSL was required", "server_without_tls"),
        ("connection refused", "server_away"),
    ],
)
def test_what_stops_a_connection(said: str, code: str) -> None:
    assert not_connected(psycopg.OperationalError(said), "db/koba").code == code
