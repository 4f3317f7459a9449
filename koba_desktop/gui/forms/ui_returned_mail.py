# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'returned_mail.ui'
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
from PySide6.QtWidgets import (QApplication, QDateEdit, QHBoxLayout, QLabel,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

from koba_desktop.gui.widgets import InlineMessage
class Ui_ReturnedMailForm(object):
    def setupUi(self, ReturnedMailForm):
        if not ReturnedMailForm.objectName():
            ReturnedMailForm.setObjectName(u"ReturnedMailForm")
        self.column = QVBoxLayout(ReturnedMailForm)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(10, 8, 10, 8)
        self.title = QLabel(ReturnedMailForm)
        self.title.setObjectName(u"title")

        self.column.addWidget(self.title)

        self.who = QLabel(ReturnedMailForm)
        self.who.setObjectName(u"who")
        self.who.setWordWrap(True)

        self.column.addWidget(self.who)

        self.fields = QHBoxLayout()
        self.fields.setObjectName(u"fields")
        self.day_label = QLabel(ReturnedMailForm)
        self.day_label.setObjectName(u"day_label")

        self.fields.addWidget(self.day_label)

        self.day = QDateEdit(ReturnedMailForm)
        self.day.setObjectName(u"day")
        self.day.setCalendarPopup(True)

        self.fields.addWidget(self.day)

        self.field_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.fields.addItem(self.field_space)


        self.column.addLayout(self.fields)

        self.explanation = QLabel(ReturnedMailForm)
        self.explanation.setObjectName(u"explanation")
        self.explanation.setWordWrap(True)

        self.column.addWidget(self.explanation)

        self.problem = InlineMessage(ReturnedMailForm)
        self.problem.setObjectName(u"problem")

        self.column.addWidget(self.problem)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.save = QPushButton(ReturnedMailForm)
        self.save.setObjectName(u"save")
        self.save.setProperty(u"kind", u"primary")

        self.buttons.addWidget(self.save)

        self.cancel = QPushButton(ReturnedMailForm)
        self.cancel.setObjectName(u"cancel")

        self.buttons.addWidget(self.cancel)

        self.button_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.button_space)


        self.column.addLayout(self.buttons)

        self.space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.column.addItem(self.space)

#if QT_CONFIG(shortcut)
        self.day_label.setBuddy(self.day)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.day, self.save)
        QWidget.setTabOrder(self.save, self.cancel)

        self.retranslateUi(ReturnedMailForm)

        QMetaObject.connectSlotsByName(ReturnedMailForm)
    # setupUi

    def retranslateUi(self, ReturnedMailForm):
        ReturnedMailForm.setWindowTitle(_(u"Letter came back", None))
        self.title.setText(_(u"Letter came back", None))
        self.day_label.setText(_(u"Came back &on", None))
#if QT_CONFIG(accessibility)
        self.day.setAccessibleName(_(u"Day the letter came back", None))
#endif // QT_CONFIG(accessibility)
        self.explanation.setText(_(u"The address is marked, further letters are held back, and the client comes onto the call list.", None))
        self.save.setText(_(u"&Mark address", None))
        self.cancel.setText(_(u"Cancel", None))
    # retranslateUi

