"""How the pages of the first start are laid out: one column in the middle of the window."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from koba_desktop.gui import theme

WIDTH = 820


class Column:
    """A column of fixed width in a page; it stands a little above the middle, or fills the height
    with what was added with ``fill``."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._filled = False
        frame = QWidget(page)
        frame.setMaximumWidth(theme.px(WIDTH))
        frame.setLayout(self._rows)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(frame, 100)
        middle.addStretch(1)
        self._outer = QVBoxLayout(page)
        self._outer.setContentsMargins(16, 12, 16, 12)
        self._outer.addLayout(middle, 100)

    def add_logo(self) -> None:
        logo = QLabel(self._page)
        logo.setPixmap(
            theme.pixmap(
                "koba", theme.px(40), theme.tokens().accent, self._page.devicePixelRatioF()
            )
        )
        self._rows.addWidget(logo)

    def add(self, widget: QWidget) -> None:
        if isinstance(widget, QLabel):
            widget.setWordWrap(True)
        self._rows.addWidget(widget)

    def add_layout(self, layout: QLayout) -> None:
        self._rows.addLayout(layout)

    def fill(self, widget: QWidget) -> None:
        """A widget that takes all the height there is."""
        self._rows.addWidget(widget, 1)
        self._filled = True

    def space(self, height: int) -> None:
        self._rows.addSpacing(height)

    def end(self) -> None:
        """Nothing more comes."""
        if not self._filled:
            self._rows.insertStretch(0, 2)
            self._rows.addStretch(3)
