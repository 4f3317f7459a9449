# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'mode.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QDateTimeEdit, QFormLayout,
    QLabel, QLineEdit, QPushButton, QSizePolicy,
    QWidget)

class Ui_Mode(object):
    def setupUi(self, Mode):
        if not Mode.objectName():
            Mode.setObjectName(u"Mode")
        self.form = QFormLayout(Mode)
        self.form.setObjectName(u"form")
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.mode_label = QLabel(Mode)
        self.mode_label.setObjectName(u"mode_label")

        self.form.setWidget(0, QFormLayout.ItemRole.LabelRole, self.mode_label)

        self.mode = QComboBox(Mode)
        self.mode.setObjectName(u"mode")

        self.form.setWidget(0, QFormLayout.ItemRole.FieldRole, self.mode)

        self.valid_label = QLabel(Mode)
        self.valid_label.setObjectName(u"valid_label")

        self.form.setWidget(1, QFormLayout.ItemRole.LabelRole, self.valid_label)

        self.valid_from = QDateTimeEdit(Mode)
        self.valid_from.setObjectName(u"valid_from")
        self.valid_from.setCalendarPopup(True)
        self.valid_from.setDisplayFormat(u"dd.MM.yyyy HH:mm")

        self.form.setWidget(1, QFormLayout.ItemRole.FieldRole, self.valid_from)

        self.source_label = QLabel(Mode)
        self.source_label.setObjectName(u"source_label")

        self.form.setWidget(2, QFormLayout.ItemRole.LabelRole, self.source_label)

        self.source = QComboBox(Mode)
        self.source.setObjectName(u"source")

        self.form.setWidget(2, QFormLayout.ItemRole.FieldRole, self.source)

        self.reason_label = QLabel(Mode)
        self.reason_label.setObjectName(u"reason_label")

        self.form.setWidget(3, QFormLayout.ItemRole.LabelRole, self.reason_label)

        self.reason = QLineEdit(Mode)
        self.reason.setObjectName(u"reason")
        self.reason.setMaxLength(120)

        self.form.setWidget(3, QFormLayout.ItemRole.FieldRole, self.reason)

        self.decide = QPushButton(Mode)
        self.decide.setObjectName(u"decide")

        self.form.setWidget(4, QFormLayout.ItemRole.FieldRole, self.decide)

#if QT_CONFIG(shortcut)
        self.mode_label.setBuddy(self.mode)
        self.valid_label.setBuddy(self.valid_from)
        self.source_label.setBuddy(self.source)
        self.reason_label.setBuddy(self.reason)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.mode, self.valid_from)
        QWidget.setTabOrder(self.valid_from, self.source)
        QWidget.setTabOrder(self.source, self.reason)
        QWidget.setTabOrder(self.reason, self.decide)

        self.retranslateUi(Mode)

        QMetaObject.connectSlotsByName(Mode)
    # setupUi

    def retranslateUi(self, Mode):
        self.mode_label.setText(_(u"&Mode", None))
#if QT_CONFIG(accessibility)
        self.mode.setAccessibleName(_(u"Mode", None))
#endif // QT_CONFIG(accessibility)
        self.valid_label.setText(_(u"Valid &from", None))
#if QT_CONFIG(accessibility)
        self.valid_from.setAccessibleName(_(u"Valid from", None))
#endif // QT_CONFIG(accessibility)
        self.source_label.setText(_(u"&Source", None))
#if QT_CONFIG(accessibility)
        self.source.setAccessibleName(_(u"Source", None))
#endif // QT_CONFIG(accessibility)
        self.reason_label.setText(_(u"&Reason", None))
#if QT_CONFIG(accessibility)
        self.reason.setAccessibleName(_(u"Reason", None))
#endif // QT_CONFIG(accessibility)
        self.reason.setPlaceholderText(_(u"Shown to everybody, for example: order of 29 March 2021", None))
        self.decide.setText(_(u"&Decide", None))
        pass
    # retranslateUi

