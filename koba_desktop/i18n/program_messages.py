"""What the screen says about the database, imports, files and options: code to sentence."""

from collections.abc import Mapping

from koba_desktop.i18n.catalogue import _


def texts() -> Mapping[str, str]:
    """Code to sentence, in the language in force."""
    return {
        **_database(),
        **_import(),
        **_keys(),
        **_server(),
        **_shared(),
        **_checked(),
        **_users(),
        **_program(),
    }


def _database() -> Mapping[str, str]:
    return {
        "conflict": _(
            "Somebody else has changed this since you opened it. Nothing was overwritten."
        ),
        "not_found": _("This entry no longer exists. Reload the view (F5)."),
        "database_exists": _("There is already a file of this name. Choose another name."),
        "database_not_empty": _(
            "The database already has an office. This needs an empty database."
        ),
        "database_newer": _(
            "The database was made by a newer program. Update this program before you go on."
        ),
        "database_older": _(
            "The database was made by an older program. Ask your administrator to run "
            "“koba-desktop-admin migrate”."
        ),
        "database_damaged": _(
            "The database is damaged. Close the program and restore the latest backup."
        ),
        "database_locked": _(
            "Another program is using the database. What you typed is kept; try again."
        ),
        "database_kind_unknown": _("Databases of the kind “{kind}” are not supported."),
        "not_a_database": _(
            "This is not a database of this program. Name another one. A shared one is set up by "
            "your IT department (koba-desktop-admin init)."
        ),
        "file_missing": _("There is no such file. Check the name."),
        "folder_missing": _("There is no folder {folder}."),
        "network_share": _(
            "The database must not lie on a network share ({kind}). Choose a folder of this PC."
        ),
        "read_only": _("The file or its folder cannot be written. Check the permissions."),
        "cannot_open": _("The database cannot be opened. Check the file and its permissions."),
        "disk_full": _(
            "The disk is full. Make room where the database is, or tell your IT department, and "
            "try again."
        ),
        "disk_error": _("The disk reports an error. Tell your administrator."),
        "wrong_key": _(
            "The key does not fit this database. Name the file with its key or its recovery key "
            "(--key-file), or open the database the key belongs to (--database)."
        ),
        "backup_failed": _("The backup was not sound and was thrown away. Try again."),
        "upgrade_broke_references": _(
            "The upgrade was undone: it would have damaged entries. Tell your administrator."
        ),
        "schema_differs": _("The schema is {found} instead of {expected}."),
        "participant_apart": _("A participant's time differs from that of the appointment."),
        "search_differs": _("The search index does not match the clients."),
        "append_only": _("This entry is part of the history and cannot be changed."),
        "version_skipped": _(
            "Somebody else has changed this since you opened it. Nothing was overwritten."
        ),
        "place_overlap": _("Two bookings of a room overlap."),
        "advisor_overlap": _("Two appointments of an advisor overlap."),
        "client_overlap": _("Two appointments of a client overlap."),
    }


def _import() -> Mapping[str, str]:
    """Why a file or one of its records is not imported, and what was repaired on the way."""
    return {
        "file_not_written": _(
            "The file {file} could not be written: {reason}. Choose another folder."
        ),
        "file_empty": _("The file is empty. Export it again."),
        "file_kind": _("This is a {kind} file. Save it as CSV (text with separators) and retry."),
        "file_not_text": _("This is not a text file. Export the clients as CSV and retry."),
        "file_encoding": _(
            "The file is neither UTF-8 nor Windows-1252 text (line {line}). Export it as UTF-8."
        ),
        "columns_missing": _("The columns {missing} are missing. Found: {found}."),
        "column_twice": _("There are two columns “{column}”. Keep one of them."),
        "quote_open": _("A quotation mark is opened here and not closed properly."),
        "columns_count": _("The record has {found} cells instead of {expected}."),
        "control_character": _("The cell contains a character that is no text."),
        "text_too_long": _("The text is longer than {longest} characters."),
        "number_twice": _("The file has this client number already in line {first}."),
        "date_impossible": _("“{value}” is not a date. Dates are written DD.MM.YYYY."),
        "birth_date_unlikely": _("The date of birth {value} cannot be right."),
        "office_unknown": _("There is no office “{value}”."),
        "office_missing": _("The office is missing."),
        "advisor_unknown": _("There is no advisor “{value}”, or more than one of that name."),
        "flag_unclear": _("“{value}” is neither yes nor no."),
        "country_unknown": _("“{value}” is not a country we know."),
        "postcode_impossible": _("“{value}” is not a German postcode, and no country is named."),
        "representative_unclear": _(
            "The representative's name and postal address cannot be told from the text. "
            "Write: name, street, postcode and town."
        ),
        "character_lost": _("A character was lost before the export. Check the spelling."),
        "salutation_unknown": _("This form of address is not known and was left out."),
        "language_unknown": _("This language is not offered and was left out."),
        "year_completed": _("The year was completed: {day}."),
        "postcode_completed": _("The leading zero was restored: {postcode}."),
        "phone_left_out": _("This is not a phone number; it was left out."),
        "phone_incomplete": _("This phone number is not complete; it was kept as written."),
        "email_left_out": _("This is not an e-mail address; it was left out."),
        "person_twice": _(
            "Line {first} has a person of the same name and date of birth under another number."
        ),
    }


def _keys() -> Mapping[str, str]:
    """Why the local database cannot be unlocked."""
    return {
        "key_missing": _(
            "The key of the database was not found on this PC. "
            "Name a file that holds the key or the recovery key (--key-file)."
        ),
        "key_malformed": _(
            "This is neither a key (64 hexadecimal digits) nor a recovery key of the database."
        ),
        "key_file_missing": _("The key file {file} cannot be read."),
        "key_file_open_to_others": _(
            "Others can read the key file {file}. Let only its owner read it, then retry."
        ),
        "keyring_missing": _(
            "This PC has no keyring that keeps keys encrypted. "
            "Name a key file instead (--key-file)."
        ),
        "keyring_locked": _("The keyring of this PC is locked. Unlock it and retry."),
        "passphrase_needed": _("The database is locked by a passphrase. Enter it."),
        "passphrase_wrong": _("The passphrase is not right. Try again."),
        "passphrase_short": _(
            "A passphrase has at least {shortest} characters: "
            "a short sentence is easy to keep in mind."
        ),
        "recovery_key_malformed": _(
            "This is not a recovery key. "
            "Compare it with the paper: eleven groups of five characters."
        ),
    }


def _server() -> Mapping[str, str]:
    """Why nobody can sign in to the shared database."""
    return {
        "server_away": _(
            "The server cannot be reached. Check the network connection of this PC. If colleagues "
            "have no connection either, tell your IT department."
        ),
        "password_wrong": _(
            "The login or the password is not right. Check both, and the Caps Lock key. If you "
            "forgot the password, your administrator gives you a new one."
        ),
        "login_disabled": _("This login is disabled. Ask your administrator."),
        "login_without_right": _(
            "You have no role in any office at present. Ask your administrator to give you one."
        ),
        "too_many_connections": _(
            "The server takes no more connections, or you are signed in on several PCs. Sign out "
            "where you do not need it, and try again in a minute."
        ),
        "certificate_untrusted": _(
            "The server cannot prove that it is the right one: nobody this PC trusts signed its "
            "certificate. Your password was not sent. Tell your IT department (ca_file)."
        ),
        "certificate_expired": _(
            "The certificate of the server is not valid today. Your password was not sent. Check "
            "the date of this PC; if it is right, tell your IT department."
        ),
        "certificate_wrong_name": _(
            "The certificate belongs to a server of another name. Your password was not sent. "
            "Check the name of the server in the configuration, and tell your IT department."
        ),
        "server_without_tls": _(
            "The server does not encrypt the connection. Your password was not sent. Tell your IT "
            "department."
        ),
        "server_too_old": _(
            "The server runs a version of PostgreSQL that is too old. Tell your IT department."
        ),
        "database_without_office": _(
            "No office is set up in the shared database yet. Ask your administrator to do it."
        ),
        "database_address_malformed": _(
            "This is not the address of a shared database. Write it as postgresql://server/database."
        ),
        "password_in_address": _(
            "There is a password in the address of the database ({file}). Take it out: the program "
            "asks for it and lets only the keyring of this PC keep it."
        ),
        "password_short": _(
            "A password has at least {least} characters: a short sentence is easy to keep in mind."
        ),
        "password_file_missing": _("The password file {file} cannot be read, or it is empty."),
        "password_file_open_to_others": _(
            "Others can read the password file {file}. Let only its owner read it, then retry."
        ),
        "ca_file_missing": _(
            "The file of the certificate authority, {file}, cannot be read. Check its name."
        ),
    }


def _shared() -> Mapping[str, str]:
    """What a shared database or its server says to whoever works on it, or sets it up."""
    return {
        "connection_lost": _("The connection to the server broke. Nothing was written; try again."),
        "outcome_unclear": _(
            "It is unclear whether this was saved: the connection broke while the server was "
            "writing. Reload (F5) and look before you repeat it."
        ),
        "statement_timeout": _(
            "The server took too long and stopped. Nothing was written; try again. If it happens "
            "again, tell your IT department."
        ),
        "server_busy": _(
            "Somebody else is writing the same just now. What you typed is kept; try again."
        ),
        "server_overloaded": _(
            "The server has too little memory. What you typed is kept; tell your IT department."
        ),
        "server_read_only": _(
            "The server takes no changes at present: it may be a copy of the real one. What you "
            "typed is kept; tell your IT department."
        ),
        "server_unknown": _(
            "There is no server of this name in the network. Check the name in the configuration "
            "and the network connection of this PC."
        ),
        "database_missing": _(
            "The server has no database of this name. Check the name in the configuration; to make "
            "one, run “koba-desktop-admin init --create-database”."
        ),
        "database_set_up": _(
            "The database is set up already. To bring it up to date, run “koba-desktop-admin "
            "migrate”."
        ),
        "setup_right_missing": _(
            "The login {login} may not set up databases. It must own the database and be allowed "
            "to make roles (createrole), and with --create-database to make databases (createdb)."
        ),
        "owner_needed": _(
            "Only an owner of the database may do this. Sign in as the login that set it up "
            "(--login)."
        ),
        "shared_only": _("A local database has nothing of this kind. It is for a shared one."),
        "backup_by_server": _(
            "A shared database is backed up on its server, with pg_basebackup or pg_dump: see "
            "docs/operations.md."
        ),
        "password_needed": _(
            "Nobody can be asked for the password here. Name a file with it (--password-file) or "
            "set KOBA_PASSWORD."
        ),
        "text_not_storable": _("The text contains a character that cannot be stored. Remove it."),
    }


def _checked() -> Mapping[str, str]:
    """What ``check`` finds on a shared database: each with its remedy."""
    return {
        "extension_missing": _(
            "The extension {name} is missing. Run “create extension {name}” in the database."
        ),
        "constraint_missing": _(
            "The constraint {name} against double bookings is missing. Restore the database into "
            "a new one and compare."
        ),
        "right_missing": _(
            "{group} lacks the right {privilege} on {table}. Run “grant {privilege} on {table} to "
            "{group}”."
        ),
        "right_too_much": _(
            "{group} has the right {privilege} on {table} that nobody is meant to have. Run "
            "“revoke {privilege} on {table} from {group}”, and find out who gave it."
        ),
        "policies_off": _(
            "The policies of {table} are switched off: everybody sees every row. Run “alter table "
            "{table} enable row level security”."
        ),
        "owner_can_sign_in": _(
            "The role {role} can sign in. It must not: run “alter role {role} nologin”."
        ),
        "server_old": _(
            "The server runs PostgreSQL {version}. It works; 16 or later is recommended."
        ),
        "line_without_tls": _(
            "This connection is not encrypted. Switch on TLS at the server, and let pg_hba.conf "
            "take hostssl only."
        ),
        "clock_skew": _(
            "The server's clock differs from this PC's by {seconds} s. Check the time service of "
            "both."
        ),
        "seal_broken": _(
            "The audit before seal {number} was changed afterwards. Compare it with a backup, and "
            "find out who rules the server."
        ),
    }


def _users() -> Mapping[str, str]:
    """Who may be added, and who may sign in."""
    return {
        "login_reserved": _(
            "The name “{value}” belongs to the server itself. Choose another login."
        ),
        "login_own": _("Nobody disables his or her own login. Let another administrator do it."),
        "role_missing": _("Say which role the person has (--role)."),
        "actor_other": _("You signed in as {login} and cannot act as {value}. Leave --as out."),
        "passwords_differ": _("The two passwords differ. Type both again."),
    }


def _program() -> Mapping[str, str]:
    """The command line and the program's own files."""
    return {
        "config_malformed": _("The configuration {file} cannot be read. Check its spelling."),
        "config_missing": _("There is no configuration {file}."),
        "config_unwritable": _(
            "The configuration {file} cannot be written. Check the permissions."
        ),
        "config_unknown": _("The configuration {file} has an unknown entry: {key}."),
        "now_malformed": _("“{text}” is not a date and time. Write it as 2021-04-13T10:15."),
        "usage": _("Wrong usage: {details}"),
        "usage_option_unknown": _("There is no option {name}."),
        "usage_missing": _("{name} is missing."),
        "usage_language": _("There is no language “{value}”. Choose one of: {known}."),
        "internal_error": _(
            "Program error. Nothing more was done; the error output has the details."
        ),
        "office_none": _("No office is set up yet. Start KoBa Desktop and set one up."),
        "office_unclear": _("Say which office. There are: {known}."),
        "office_not_found": _("There is no office “{value}”. There are: {known}."),
        "room_none": _("{office} has no such rooms. Set them up in the administration."),
        "room_unknown": _("There is no room “{value}”. There are: {known}."),
        "login_unknown": _("There is nobody with the login “{value}”."),
        "actor_unclear": _("Name the login of the person who acts."),
        "kind_unknown": _("There is no kind of appointment “{value}”. There are: {known}."),
        "client_unknown": _("There is no client with the number {number}."),
        "reference_unknown": _("There is no appointment with the reference {reference}."),
        "letter_none": _("The appointment {reference} has no letter."),
        "letters_none_to_print": _("In {office} no letter waits to be printed."),
        "file_unreadable": _("The file {file} cannot be read: {reason}."),
        "file_exists": _("The file {file} is already there. Replace it with --force."),
    }
