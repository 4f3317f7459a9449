"""As much of PostgreSQL's wire protocol (version 3) as tells where a COMMIT begins and ends."""

import re
from struct import pack, unpack_from

# A client's wish for TLS, and for GSSAPI.
_WISHES = (pack("!I", 80877103), pack("!I", 80877104))
_COMMIT = re.compile(rb"(^|;)\s*(commit|end)\s*(work\s*|transaction\s*)?(;|\0|$)", re.IGNORECASE)


class Frames:
    """Cuts one direction of a connection into messages: (type, body).

    What is no such message is passed over, and all that follows with it.
    """

    def __init__(self) -> None:
        self._rest = bytearray()
        self._opaque = False

    def opaque(self) -> None:
        """From now on nothing can be read: it is TLS."""
        self._opaque = True
        self._rest.clear()

    def add(self, data: bytes) -> None:
        if not self._opaque:
            self._rest += data

    def next(self) -> tuple[bytes, bytes] | None:
        """The next whole message, with the byte that names its type."""
        if len(self._rest) < 5:
            return None
        return self._cut(1)

    def next_untyped(self) -> bytes | None:
        """The next whole message of those before the login, which bear no type."""
        found = self._cut(0) if len(self._rest) >= 4 else None
        return None if found is None else found[1]

    def next_byte(self) -> bytes | None:
        """The single byte a server answers a wish for encryption with."""
        if not self._rest:
            return None
        taken = bytes(self._rest[:1])
        del self._rest[:1]
        return taken

    def _cut(self, before: int) -> tuple[bytes, bytes] | None:
        (length,) = unpack_from("!I", self._rest, before)
        if length < 4:
            self.opaque()
            return None
        end = before + length
        if len(self._rest) < end:
            return None
        message = bytes(self._rest[:before]), bytes(self._rest[before + 4 : end])
        del self._rest[:end]
        return message


class Conversation:
    """Follows both sides of one connection."""

    def __init__(self) -> None:
        self._asked = Frames()
        self._told = Frames()
        self._before_login = True
        self._wish_pending = False
        self._statements: dict[bytes, bool] = {}
        self._portals: dict[bytes, bool] = {}

    def asked(self, data: bytes) -> int:
        """What the client sends. Returns how many transactions it commits with that."""
        self._asked.add(data)
        commits = 0
        while self._before_login:
            body = self._asked.next_untyped()
            if body is None:
                return 0
            self._wish_pending = body in _WISHES
            self._before_login = self._wish_pending
        while (message := self._asked.next()) is not None:
            commits += self._commits(*message)
        return commits

    def told(self, data: bytes) -> int:
        """What the server sends. Returns how many commits it answers with that."""
        self._told.add(data)
        if self._wish_pending:
            answer = self._told.next_byte()
            if answer is None:
                return 0
            self._wish_pending = False
            if answer != b"N":
                self._asked.opaque()
                self._told.opaque()
        answers = 0
        while (message := self._told.next()) is not None:
            kind, body = message
            # "ROLLBACK" is how a COMMIT in a failed transaction ends; "E" is an error.
            answers += kind == b"E" or (kind == b"C" and body in (b"COMMIT\0", b"ROLLBACK\0"))
        return answers

    def _commits(self, kind: bytes, body: bytes) -> bool:
        if kind == b"Q":
            return _COMMIT.search(body) is not None
        if kind == b"P":
            name, _, rest = body.partition(b"\0")
            self._statements[name] = _COMMIT.match(rest.partition(b"\0")[0]) is not None
        elif kind == b"B":
            portal, _, rest = body.partition(b"\0")
            self._portals[portal] = self._statements.get(rest.partition(b"\0")[0], False)
        elif kind == b"E":
            return self._portals.get(body.partition(b"\0")[0], False)
        return False
