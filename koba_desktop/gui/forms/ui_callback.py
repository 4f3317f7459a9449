# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'callback.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QComboBox, QDateEdit, QFormLayout,
    QHBoxLayout, QLabel, QPlainTextEdit, QPushButton,
    QSizePolicy, QSpacerItem, QTimeEdit, QVBoxLayout,
    QWidget)

from koba_desktop.gui.widgets import InlineMessage
class Ui_CallbackForm(object):
    def setupUi(self, CallbackForm):
        if not CallbackForm.objectName():
            CallbackForm.setObjectName(u"CallbackForm")
        self.column = QVBoxLayout(CallbackForm)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(10, 8, 10, 8)
        self.title = QLabel(CallbackForm)
        self.title.setObjectName(u"title")

        self.column.addWidget(self.title)

        self.who = QLabel(CallbackForm)
        self.who.setObjectName(u"who")
        self.who.setWordWrap(True)

        self.column.addWidget(self.who)

        self.fields = QFormLayout()
        self.fields.setObjectName(u"fields")
        self.fields.setRowWrapPolicy(QFormLayout.WrapLongRows)
        self.advisor_label = QLabel(CallbackForm)
        self.advisor_label.setObjectName(u"advisor_label")

        self.fields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.advisor_label)

        self.advisor = QComboBox(CallbackForm)
        self.advisor.setObjectName(u"advisor")

        self.fields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.advisor)

        self.day_label = QLabel(CallbackForm)
        self.day_label.setObjectName(u"day_label")

        self.fields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.day_label)

        self.due = QHBoxLayout()
        self.due.setObjectName(u"due")
        self.day = QDateEdit(CallbackForm)
        self.day.setObjectName(u"day")
        self.day.setCalendarPopup(True)

        self.due.addWidget(self.day)

        self.from_label = QLabel(CallbackForm)
        self.from_label.setObjectName(u"from_label")

        self.due.addWidget(self.from_label)

        self.from_time = QTimeEdit(CallbackForm)
        self.from_time.setObjectName(u"from_time")
        self.from_time.setDisplayFormat(u"HH:mm")

        self.due.addWidget(self.from_time)

        self.due_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.due.addItem(self.due_space)


        self.fields.setLayout(1, QFormLayout.ItemRole.FieldRole, self.due)

        self.note_label = QLabel(CallbackForm)
        self.note_label.setObjectName(u"note_label")

        self.fields.setWidget(2, QFormLayout.ItemRole.LabelRole, self.note_label)

        self.note = QPlainTextEdit(CallbackForm)
        self.note.setObjectName(u"note")
        self.note.setTabChangesFocus(True)
        self.note.setMaximumSize(QSize(16777215, 90))

        self.fields.setWidget(2, QFormLayout.ItemRole.FieldRole, self.note)


        self.column.addLayout(self.fields)

        self.problem = InlineMessage(CallbackForm)
        self.problem.setObjectName(u"problem")

        self.column.addWidget(self.problem)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.save = QPushButton(CallbackForm)
        self.save.setObjectName(u"save")
        self.save.setProperty(u"kind", u"primary")

        self.buttons.addWidget(self.save)

        self.cancel = QPushButton(CallbackForm)
        self.cancel.setObjectName(u"cancel")

        self.buttons.addWidget(self.cancel)

        self.button_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.button_space)


        self.column.addLayout(self.buttons)

        self.space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space)

#if QT_CONFIG(shortcut)
        self.advisor_label.setBuddy(self.advisor)
        self.day_label.setBuddy(self.day)
        self.from_label.setBuddy(self.from_time)
        self.note_label.setBuddy(self.note)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.advisor, self.day)
        QWidget.setTabOrder(self.day, self.from_time)
        QWidget.setTabOrder(self.from_time, self.note)
        QWidget.setTabOrder(self.note, self.save)
        QWidget.setTabOrder(self.save, self.cancel)

        self.retranslateUi(CallbackForm)

        QMetaObject.connectSlotsByName(CallbackForm)
    # setupUi

    def retranslateUi(self, CallbackForm):
        CallbackForm.setWindowTitle(_(u"Note a callback", None))
        self.title.setText(_(u"Note a callback", None))
        self.advisor_label.setText(_(u"Call back b&y", None))
#if QT_CONFIG(accessibility)
        self.advisor.setAccessibleName(_(u"Who is to call back", None))
#endif // QT_CONFIG(accessibility)
        self.day_label.setText(_(u"&On", None))
#if QT_CONFIG(accessibility)
        self.day.setAccessibleName(_(u"Day of the callback", None))
#endif // QT_CONFIG(accessibility)
        self.from_label.setText(_(u"&from", None))
#if QT_CONFIG(accessibility)
        self.from_time.setAccessibleName(_(u"Call back from this time on", None))
#endif // QT_CONFIG(accessibility)
        self.note_label.setText(_(u"&Note", None))
        self.note.setPlaceholderText(_(u"What it is about (optional)", None))
#if QT_CONFIG(accessibility)
        self.note.setAccessibleName(_(u"Note for the callback", None))
#endif // QT_CONFIG(accessibility)
        self.save.setText(_(u"&Save callback", None))
        self.cancel.setText(_(u"Cancel", None))
    # retranslateUi

