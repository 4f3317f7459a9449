"""Why a server's certificate was not taken: libpq says no more than that it was not.

Asked once more by Python's TLS, which knows the reason; only after a connection failed on it, and
nothing but the certificate goes over that line.
"""

import socket
import ssl
import struct

from koba_desktop.domain.errors import Unavailable
from koba_desktop.storage.postgres.address import SharedAddress

_SECONDS = 5
_PLEASE_ENCRYPT = struct.pack("!ii", 8, 80877103)  # the SSLRequest of PostgreSQL's protocol
# OpenSSL's numbers of what may be wrong with a certificate (X509_V_ERR_…).
_REASONS = {
    9: "certificate_expired",  # not yet valid
    10: "certificate_expired",
    62: "certificate_wrong_name",  # host name
    64: "certificate_wrong_name",  # address
}


def explained(problem: Unavailable, address: SharedAddress) -> Unavailable:
    """The problem with the reason the certificate was not taken for; others as they are."""
    if problem.code != "certificate_untrusted" or not address.tls:
        return problem
    code = _asked_again(address)
    return problem if code is None else Unavailable(code, where=problem.problems[0].where)


def _asked_again(address: SharedAddress) -> str | None:
    try:
        context = ssl.create_default_context(cafile=address.ca_file)
        with socket.create_connection((address.host, address.port), _SECONDS) as line:
            line.sendall(_PLEASE_ENCRYPT)
            if line.recv(1) == b"S":
                context.wrap_socket(line, server_hostname=address.host).close()
    except ssl.SSLCertVerificationError as error:
        return _REASONS.get(error.verify_code)
    except (OSError, ValueError):
        pass  # it is gone, or the file of the authority is none
    return None
