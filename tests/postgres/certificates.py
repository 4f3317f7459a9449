"""Certificates for the tests of TLS, made anew each time by an authority of their own."""

from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows, and the key it proves it with (PEM files)."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Certificates:
    """``authority`` is the file that PCs are given; the rest is for servers."""

    authority: Path
    good: Certificate
    expired: Certificate
    wrong_name: Certificate
    """Of the same authority, but made out to another host."""
    untrusted: Certificate
    """Made out to the right host by an authority nobody knows."""


@dataclass(frozen=True, slots=True)
class _Authority:
    name: x509.Name
    key: ec.EllipticCurvePrivateKey

    def sign(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey,
        *extensions: x509.ExtensionType,
        until: datetime = _UNTIL,
    ) -> bytes:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(_SINCE)
            .not_valid_after(until)
        )
        for each in extensions:
            builder = builder.add_extension(each, critical=isinstance(each, x509.BasicConstraints))
        made = builder.sign(self.key, hashes.SHA256())
        return made.public_bytes(serialization.Encoding.PEM)


def make_certificates(folder: Path, host: str = "localhost") -> Certificates:
    """An authority and certificates of each kind for a host name or address."""
    known = _authority("KoBa tests")
    unknown = _authority("Nobody")
    authority = folder / "authority.crt"
    authority.write_bytes(
        known.sign(
            known.name,
            known.key.public_key(),
            x509.BasicConstraints(ca=True, path_length=0),
        )
    )
    return Certificates(
        authority=authority,
        good=_certificate(folder / "good", known, host),
        expired=_certificate(folder / "expired", known, host, datetime(2021, 1, 1, tzinfo=UTC)),
        wrong_name=_certificate(folder / "wrong", known, "elsewhere.example"),
        untrusted=_certificate(folder / "untrusted", unknown, host),
    )


def _authority(name: str) -> _Authority:
    return _Authority(_name(name), ec.generate_private_key(ec.SECP256R1()))


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    stem: Path, authority: _Authority, host: str, until: datetime = _UNTIL
) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    made = Certificate(stem.with_suffix(".crt"), stem.with_suffix(".key"))
    names = x509.SubjectAlternativeName([_general_name(host)])
    made.chain.write_bytes(authority.sign(_name(host), key.public_key(), names, until=until))
    made.key.touch(mode=0o600)
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return made


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
