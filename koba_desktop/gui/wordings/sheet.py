"""A wording being edited: as it is stored, what was typed on top of it, and the draft of that."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.domain.wording import TAG
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.wordings import naming
from koba_desktop.gui.wordings.shelf import FORM
from koba_desktop.services.letters.wordings import Wording, WordingKey


def shown(block: str) -> str:
    """A block as the field shows it: a line break is a line break."""
    return TAG.sub(lambda tag: "\n" if tag[2].lower() == "br" else tag[0], block.replace("\n", " "))


def stored(text: str) -> str:
    """What the field shows as it is stored."""
    return text.strip().replace("\n", "<br/>")


class WordingSheet:
    """Kept while something is typed in it, also while another wording is looked at.

    ``texts`` are the blocks that read otherwise than in the version it is made from, as stored;
    ``removed`` are the cases of that version that are to be no more.
    """

    def __init__(
        self,
        desk: Desk,
        wording: Wording,
        shipped: Mapping[str, str],
        parent: QObject,
        title: Callable[[], str],
        draft: Draft | None = None,
        further: Iterable[str] = (),
    ) -> None:
        """``further`` blocks are offered although neither program nor database has them."""
        self.wording = wording
        self._further = tuple(further)
        self.shipped = shipped
        self._printed = frozenset(key.split(".")[0] for key in shipped)
        self.texts: dict[str, str] = {}
        self.removed: set[str] = set()
        self.problems: tuple[Problem, ...] = ()
        self.restored = draft is not None
        self._keeper = DraftKeeper(
            desk,
            FORM,
            wording.template_id,
            self._read,
            self._write,
            parent,
            draft_id=draft.id if draft is not None else None,
            about=title,
        )
        if draft is not None:
            self._keeper.restore(draft.content)

    @property
    def which(self) -> WordingKey:
        return self.wording.which

    @property
    def base(self) -> Mapping[str, str]:
        """The blocks of the newest version; of a wording that is not there yet the shipped ones'
        names without a text."""
        newest = self.wording.newest
        return newest.blocks if newest is not None else {}

    @property
    def keys(self) -> tuple[str, ...]:
        """All blocks, those of the program first and in its order. What an earlier program wrote
        and no letter prints is not among them."""
        every = dict.fromkeys([*self.shipped, *self.base, *self._further, *self.texts])
        return tuple(key for key in every if key not in self.removed and self._offered(key))

    def _offered(self, key: str) -> bool:
        name = key.split(".")[0]
        return not self._printed or name in self._printed or not naming.knows(name)

    @property
    def dirty(self) -> bool:
        return bool(self.texts or self.removed)

    def text(self, key: str) -> str:
        """A block as it reads now."""
        return self.texts.get(key, self.base.get(key, ""))

    def changed(self, key: str) -> bool:
        """Whether something was typed in a block."""
        return key in self.texts

    def blocks(self) -> dict[str, str]:
        """All that would be saved. A block that the stored version lacks is there once it says
        something."""
        return {key: self.text(key) for key in self.keys if key in self.base or key in self.texts}

    def type(self, key: str, text: str) -> None:
        """The user wrote something in a block. A case that was added stays, be it empty."""
        added = self.is_added(key) and key not in self.base
        if shown(text) == shown(self.base.get(key, "")) and not added:
            self.texts.pop(key, None)
        else:
            self.texts[key] = text
        self._touch()

    def is_added(self, key: str) -> bool:
        """Whether the block is for a case that the program has no text for."""
        return "." in key and bool(self.shipped) and key not in self.shipped

    def add(self, key: str, text: str) -> None:
        """A block for another case."""
        self.removed.discard(key)
        self.type(key, text)

    def remove(self, key: str) -> None:
        """A case that was added is no more: such letters take what is left."""
        self.texts.pop(key, None)
        if key in self.base:
            self.removed.add(key)
        self.problems = tuple(problem for problem in self.problems if problem.where != key)
        self._touch()

    def take(self, blocks: Mapping[str, str]) -> None:
        """Put another wording in the place of all that stands there."""
        self.removed.clear()
        for key in dict.fromkeys([*self.keys, *blocks]):
            if key not in blocks and self.is_added(key):
                self.remove(key)
            else:
                self.type(key, blocks.get(key, ""))

    def meet(self, wording: Wording) -> tuple[str, ...]:
        """There is a newer version: what was typed stands on top of it now. Returns the blocks
        that others changed as well."""
        before, now = self.base, wording.newest.blocks if wording.newest is not None else {}
        both = tuple(key for key in self.texts if before.get(key, "") != now.get(key, ""))
        self.wording = wording
        self.texts = {key: text for key, text in self.texts.items() if text != now.get(key)}
        self.removed &= now.keys()
        return both

    def of(self, keys: Iterable[str]) -> tuple[Problem, ...]:
        """What is wrong with some blocks."""
        wanted = frozenset(keys)
        return tuple(problem for problem in self.problems if problem.where in wanted)

    def keep(self) -> None:
        """Keep the draft now."""
        self._keeper.keep()

    def leave(self) -> None:
        """Let go of it; what was kept stays among the unfinished forms."""
        self._keeper.deleteLater()

    def close(self) -> None:
        """It was saved or thrown away."""
        self.texts = {}
        self.removed.clear()
        self.problems = ()
        self._keeper.discard()

    @property
    def draft_id(self) -> UUID:
        return self._keeper.draft_id

    def _touch(self) -> None:
        if self.dirty:
            self._keeper.touch()
        else:
            self._keeper.discard()

    def _read(self) -> dict[str, Any]:
        kind, language, variant = self.which
        return {
            "kind": kind.value,
            "language": language,
            "variant": variant,
            "blocks": dict(self.texts),
            "removed": sorted(self.removed),
        }

    def _write(self, content: dict[str, Any]) -> None:
        typed: Mapping[str, str] = content.get("blocks", {})
        self.texts = {key: text for key, text in typed.items() if text != self.base.get(key)}
        self.removed = {key for key in content.get("removed", ()) if key in self.base}


def key_of_draft(draft: Draft) -> WordingKey | None:
    """Which wording a draft is about; None where this program does not know its kind."""
    try:
        return WordingKey(
            LetterKind(draft.content.get("kind", "")),
            str(draft.content.get("language", "")),
            str(draft.content.get("variant", "")),
        )
    except ValueError:
        return None
