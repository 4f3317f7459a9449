# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'appointment_editor.ui'
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
from PySide6.QtWidgets import (QApplication, QCheckBox, QComboBox, QDateEdit,
    QDialog, QFormLayout, QHBoxLayout, QHeaderView,
    QLabel, QLineEdit, QListWidget, QListWidgetItem,
    QPlainTextEdit, QPushButton, QSizePolicy, QSpacerItem,
    QSpinBox, QTabWidget, QTimeEdit, QTreeWidget,
    QTreeWidgetItem, QVBoxLayout, QWidget)

from koba_desktop.gui.appointments.conflict import ConflictBox
from koba_desktop.gui.appointments.whynot import WhyNot
from koba_desktop.gui.widgets import InlineMessage
class Ui_AppointmentEditor(object):
    def setupUi(self, AppointmentEditor):
        if not AppointmentEditor.objectName():
            AppointmentEditor.setObjectName(u"AppointmentEditor")
        AppointmentEditor.resize(900, 620)
        self.column = QVBoxLayout(AppointmentEditor)
        self.column.setSpacing(10)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(16, 16, 16, 16)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.setObjectName(u"head")
        self.title = QLabel(AppointmentEditor)
        self.title.setObjectName(u"title")

        self.head.addWidget(self.title)

        self.subtitle = QLabel(AppointmentEditor)
        self.subtitle.setObjectName(u"subtitle")

        self.head.addWidget(self.subtitle)

        self.head_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head.addItem(self.head_space)


        self.column.addLayout(self.head)

        self.problem = InlineMessage(AppointmentEditor)
        self.problem.setObjectName(u"problem")

        self.column.addWidget(self.problem)

        self.conflict = ConflictBox(AppointmentEditor)
        self.conflict.setObjectName(u"conflict")

        self.column.addWidget(self.conflict)

        self.split = QHBoxLayout()
        self.split.setSpacing(16)
        self.split.setObjectName(u"split")
        self.left = QVBoxLayout()
        self.left.setObjectName(u"left")
        self.fields = QFormLayout()
        self.fields.setObjectName(u"fields")
        self.fields.setLabelAlignment(Qt.AlignLeft)
        self.fields.setHorizontalSpacing(12)
        self.fields.setVerticalSpacing(6)
        self.client_label = QLabel(AppointmentEditor)
        self.client_label.setObjectName(u"client_label")

        self.fields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.client_label)

        self.client = QLineEdit(AppointmentEditor)
        self.client.setObjectName(u"client")
        self.client.setClearButtonEnabled(True)

        self.fields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.client)

        self.client_info = QLabel(AppointmentEditor)
        self.client_info.setObjectName(u"client_info")
        self.client_info.setWordWrap(True)

        self.fields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.client_info)

        self.client_problem = InlineMessage(AppointmentEditor)
        self.client_problem.setObjectName(u"client_problem")

        self.fields.setWidget(2, QFormLayout.ItemRole.FieldRole, self.client_problem)

        self.kind_label = QLabel(AppointmentEditor)
        self.kind_label.setObjectName(u"kind_label")

        self.fields.setWidget(3, QFormLayout.ItemRole.LabelRole, self.kind_label)

        self.kind = QComboBox(AppointmentEditor)
        self.kind.setObjectName(u"kind")

        self.fields.setWidget(3, QFormLayout.ItemRole.FieldRole, self.kind)

        self.channel_label = QLabel(AppointmentEditor)
        self.channel_label.setObjectName(u"channel_label")

        self.fields.setWidget(4, QFormLayout.ItemRole.LabelRole, self.channel_label)

        self.channel_row = QHBoxLayout()
        self.channel_row.setSpacing(8)
        self.channel_row.setObjectName(u"channel_row")
        self.channel = QComboBox(AppointmentEditor)
        self.channel.setObjectName(u"channel")
        self.channel.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.channel.setMinimumContentsLength(9)
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sizePolicy.setHorizontalStretch(9)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.channel.sizePolicy().hasHeightForWidth())
        self.channel.setSizePolicy(sizePolicy)

        self.channel_row.addWidget(self.channel)

        self.urgency = QComboBox(AppointmentEditor)
        self.urgency.setObjectName(u"urgency")
        self.urgency.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.urgency.setMinimumContentsLength(9)
        sizePolicy.setHeightForWidth(self.urgency.sizePolicy().hasHeightForWidth())
        self.urgency.setSizePolicy(sizePolicy)

        self.channel_row.addWidget(self.urgency)

        self.category = QComboBox(AppointmentEditor)
        self.category.setObjectName(u"category")
        self.category.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.category.setMinimumContentsLength(12)
        sizePolicy1 = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sizePolicy1.setHorizontalStretch(12)
        sizePolicy1.setVerticalStretch(0)
        sizePolicy1.setHeightForWidth(self.category.sizePolicy().hasHeightForWidth())
        self.category.setSizePolicy(sizePolicy1)
        self.category.setVisible(False)

        self.channel_row.addWidget(self.category)


        self.fields.setLayout(4, QFormLayout.ItemRole.FieldRole, self.channel_row)

        self.channel_info = QLabel(AppointmentEditor)
        self.channel_info.setObjectName(u"channel_info")
        self.channel_info.setWordWrap(True)

        self.fields.setWidget(5, QFormLayout.ItemRole.FieldRole, self.channel_info)

        self.advisor_label = QLabel(AppointmentEditor)
        self.advisor_label.setObjectName(u"advisor_label")

        self.fields.setWidget(6, QFormLayout.ItemRole.LabelRole, self.advisor_label)

        self.advisor = QComboBox(AppointmentEditor)
        self.advisor.setObjectName(u"advisor")

        self.fields.setWidget(6, QFormLayout.ItemRole.FieldRole, self.advisor)

        self.day_label = QLabel(AppointmentEditor)
        self.day_label.setObjectName(u"day_label")

        self.fields.setWidget(7, QFormLayout.ItemRole.LabelRole, self.day_label)

        self.when = QHBoxLayout()
        self.when.setSpacing(8)
        self.when.setObjectName(u"when")
        self.day = QDateEdit(AppointmentEditor)
        self.day.setObjectName(u"day")
        self.day.setCalendarPopup(True)

        self.when.addWidget(self.day)

        self.time_label = QLabel(AppointmentEditor)
        self.time_label.setObjectName(u"time_label")

        self.when.addWidget(self.time_label)

        self.time = QTimeEdit(AppointmentEditor)
        self.time.setObjectName(u"time")
        self.time.setDisplayFormat(u"HH:mm")

        self.when.addWidget(self.time)

        self.minutes_label = QLabel(AppointmentEditor)
        self.minutes_label.setObjectName(u"minutes_label")

        self.when.addWidget(self.minutes_label)

        self.minutes = QSpinBox(AppointmentEditor)
        self.minutes.setObjectName(u"minutes")
        self.minutes.setMinimum(5)
        self.minutes.setMaximum(480)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(u" min")

        self.when.addWidget(self.minutes)

        self.when_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.when.addItem(self.when_space)


        self.fields.setLayout(7, QFormLayout.ItemRole.FieldRole, self.when)

        self.time_problem = InlineMessage(AppointmentEditor)
        self.time_problem.setObjectName(u"time_problem")

        self.fields.setWidget(8, QFormLayout.ItemRole.FieldRole, self.time_problem)

        self.room_label = QLabel(AppointmentEditor)
        self.room_label.setObjectName(u"room_label")

        self.fields.setWidget(9, QFormLayout.ItemRole.LabelRole, self.room_label)

        self.room_row = QHBoxLayout()
        self.room_row.setSpacing(8)
        self.room_row.setObjectName(u"room_row")
        self.room = QComboBox(AppointmentEditor)
        self.room.setObjectName(u"room")
        sizePolicy2 = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sizePolicy2.setHorizontalStretch(1)
        sizePolicy2.setVerticalStretch(0)
        sizePolicy2.setHeightForWidth(self.room.sizePolicy().hasHeightForWidth())
        self.room.setSizePolicy(sizePolicy2)
        self.room.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
        self.room.setMinimumContentsLength(14)

        self.room_row.addWidget(self.room)

        self.persons = QSpinBox(AppointmentEditor)
        self.persons.setObjectName(u"persons")
        self.persons.setMinimum(2)
        self.persons.setMaximum(50)

        self.room_row.addWidget(self.persons)


        self.fields.setLayout(9, QFormLayout.ItemRole.FieldRole, self.room_row)

        self.room_info = QLabel(AppointmentEditor)
        self.room_info.setObjectName(u"room_info")
        self.room_info.setWordWrap(True)

        self.fields.setWidget(10, QFormLayout.ItemRole.FieldRole, self.room_info)

        self.phone_label = QLabel(AppointmentEditor)
        self.phone_label.setObjectName(u"phone_label")

        self.fields.setWidget(11, QFormLayout.ItemRole.LabelRole, self.phone_label)

        self.phone = QComboBox(AppointmentEditor)
        self.phone.setObjectName(u"phone")
        self.phone.setEditable(True)

        self.fields.setWidget(11, QFormLayout.ItemRole.FieldRole, self.phone)

        self.phone_problem = InlineMessage(AppointmentEditor)
        self.phone_problem.setObjectName(u"phone_problem")

        self.fields.setWidget(12, QFormLayout.ItemRole.FieldRole, self.phone_problem)

        self.state_label = QLabel(AppointmentEditor)
        self.state_label.setObjectName(u"state_label")

        self.fields.setWidget(13, QFormLayout.ItemRole.LabelRole, self.state_label)

        self.state = QComboBox(AppointmentEditor)
        self.state.setObjectName(u"state")

        self.fields.setWidget(13, QFormLayout.ItemRole.FieldRole, self.state)

        self.purpose_label = QLabel(AppointmentEditor)
        self.purpose_label.setObjectName(u"purpose_label")

        self.fields.setWidget(14, QFormLayout.ItemRole.LabelRole, self.purpose_label)

        self.purpose = QPlainTextEdit(AppointmentEditor)
        self.purpose.setObjectName(u"purpose")
        self.purpose.setTabChangesFocus(True)
        self.purpose.setMaximumSize(QSize(16777215, 120))

        self.fields.setWidget(14, QFormLayout.ItemRole.FieldRole, self.purpose)


        self.left.addLayout(self.fields)

        self.left_space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.left.addItem(self.left_space)


        self.split.addLayout(self.left)

        self.tabs = QTabWidget(AppointmentEditor)
        self.tabs.setObjectName(u"tabs")
        self.slots_page = QWidget()
        self.slots_page.setObjectName(u"slots_page")
        self.slots_column = QVBoxLayout(self.slots_page)
        self.slots_column.setSpacing(6)
        self.slots_column.setObjectName(u"slots_column")
        self.slots_column.setContentsMargins(8, 8, 8, 8)
        self.options = QHBoxLayout()
        self.options.setObjectName(u"options")
        self.by_letter = QCheckBox(self.slots_page)
        self.by_letter.setObjectName(u"by_letter")

        self.options.addWidget(self.by_letter)

        self.everybody = QCheckBox(self.slots_page)
        self.everybody.setObjectName(u"everybody")

        self.options.addWidget(self.everybody)

        self.options_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.options.addItem(self.options_space)


        self.slots_column.addLayout(self.options)

        self.slots = QListWidget(self.slots_page)
        self.slots.setObjectName(u"slots")
        self.slots.setProperty(u"framed", True)

        self.slots_column.addWidget(self.slots)

        self.slots_info = QLabel(self.slots_page)
        self.slots_info.setObjectName(u"slots_info")
        self.slots_info.setWordWrap(True)

        self.slots_column.addWidget(self.slots_info)

        self.why = WhyNot(self.slots_page)
        self.why.setObjectName(u"why")

        self.slots_column.addWidget(self.why)

        self.tabs.addTab(self.slots_page, "")
        self.history_page = QWidget()
        self.history_page.setObjectName(u"history_page")
        self.history_column = QVBoxLayout(self.history_page)
        self.history_column.setSpacing(6)
        self.history_column.setObjectName(u"history_column")
        self.history_column.setContentsMargins(8, 8, 8, 8)
        self.history = QTreeWidget(self.history_page)
        self.history.setObjectName(u"history")
        self.history.setRootIsDecorated(False)
        self.history.setUniformRowHeights(True)

        self.history_column.addWidget(self.history)

        self.note_row = QHBoxLayout()
        self.note_row.setObjectName(u"note_row")
        self.note = QPushButton(self.history_page)
        self.note.setObjectName(u"note")

        self.note_row.addWidget(self.note)

        self.note_info = QLabel(self.history_page)
        self.note_info.setObjectName(u"note_info")

        self.note_row.addWidget(self.note_info)

        self.note_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.note_row.addItem(self.note_space)


        self.history_column.addLayout(self.note_row)

        self.tabs.addTab(self.history_page, "")

        self.split.addWidget(self.tabs)

        self.split.setStretch(0, 5)
        self.split.setStretch(1, 4)

        self.column.addLayout(self.split)

        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.save = QPushButton(AppointmentEditor)
        self.save.setObjectName(u"save")
        self.save.setProperty(u"kind", u"primary")

        self.buttons.addWidget(self.save)

        self.save_letter = QPushButton(AppointmentEditor)
        self.save_letter.setObjectName(u"save_letter")

        self.buttons.addWidget(self.save_letter)

        self.next_state = QPushButton(AppointmentEditor)
        self.next_state.setObjectName(u"next_state")

        self.buttons.addWidget(self.next_state)

        self.cancel_appointment = QPushButton(AppointmentEditor)
        self.cancel_appointment.setObjectName(u"cancel_appointment")
        self.cancel_appointment.setProperty(u"kind", u"danger")

        self.buttons.addWidget(self.cancel_appointment)

        self.button_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.button_space)

        self.discard = QPushButton(AppointmentEditor)
        self.discard.setObjectName(u"discard")

        self.buttons.addWidget(self.discard)

        self.close_button = QPushButton(AppointmentEditor)
        self.close_button.setObjectName(u"close_button")

        self.buttons.addWidget(self.close_button)


        self.column.addLayout(self.buttons)

#if QT_CONFIG(shortcut)
        self.client_label.setBuddy(self.client)
        self.kind_label.setBuddy(self.kind)
        self.channel_label.setBuddy(self.channel)
        self.advisor_label.setBuddy(self.advisor)
        self.day_label.setBuddy(self.day)
        self.time_label.setBuddy(self.time)
        self.minutes_label.setBuddy(self.minutes)
        self.room_label.setBuddy(self.room)
        self.phone_label.setBuddy(self.phone)
        self.state_label.setBuddy(self.state)
        self.purpose_label.setBuddy(self.purpose)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.client, self.kind)
        QWidget.setTabOrder(self.kind, self.channel)
        QWidget.setTabOrder(self.channel, self.urgency)
        QWidget.setTabOrder(self.urgency, self.category)
        QWidget.setTabOrder(self.category, self.advisor)
        QWidget.setTabOrder(self.advisor, self.day)
        QWidget.setTabOrder(self.day, self.time)
        QWidget.setTabOrder(self.time, self.minutes)
        QWidget.setTabOrder(self.minutes, self.phone)
        QWidget.setTabOrder(self.phone, self.state)
        QWidget.setTabOrder(self.state, self.purpose)
        QWidget.setTabOrder(self.purpose, self.tabs)
        QWidget.setTabOrder(self.tabs, self.by_letter)
        QWidget.setTabOrder(self.by_letter, self.everybody)
        QWidget.setTabOrder(self.everybody, self.slots)
        QWidget.setTabOrder(self.slots, self.why)
        QWidget.setTabOrder(self.why, self.history)
        QWidget.setTabOrder(self.history, self.note)
        QWidget.setTabOrder(self.note, self.save)
        QWidget.setTabOrder(self.save, self.save_letter)
        QWidget.setTabOrder(self.save_letter, self.next_state)
        QWidget.setTabOrder(self.next_state, self.cancel_appointment)
        QWidget.setTabOrder(self.cancel_appointment, self.discard)
        QWidget.setTabOrder(self.discard, self.close_button)

        self.retranslateUi(AppointmentEditor)

        QMetaObject.connectSlotsByName(AppointmentEditor)
    # setupUi

    def retranslateUi(self, AppointmentEditor):
        AppointmentEditor.setWindowTitle(_(u"Appointment", None))
        self.client_label.setText(_(u"&Client", None))
        self.client.setPlaceholderText(_(u"Name, number, telephone or date of birth", None))
#if QT_CONFIG(accessibility)
        self.client.setAccessibleName(_(u"Client", None))
#endif // QT_CONFIG(accessibility)
        self.kind_label.setText(_(u"&Kind", None))
#if QT_CONFIG(accessibility)
        self.kind.setAccessibleName(_(u"Kind of appointment", None))
#endif // QT_CONFIG(accessibility)
        self.channel_label.setText(_(u"C&hannel", None))
#if QT_CONFIG(accessibility)
        self.channel.setAccessibleName(_(u"Channel", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.urgency.setAccessibleName(_(u"Urgency", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.category.setAccessibleName(_(u"Category of the urgency", None))
#endif // QT_CONFIG(accessibility)
        self.advisor_label.setText(_(u"&Advisor", None))
#if QT_CONFIG(accessibility)
        self.advisor.setAccessibleName(_(u"Advisor", None))
#endif // QT_CONFIG(accessibility)
        self.day_label.setText(_(u"&Day", None))
#if QT_CONFIG(accessibility)
        self.day.setAccessibleName(_(u"Day", None))
#endif // QT_CONFIG(accessibility)
        self.time_label.setText(_(u"at", None))
#if QT_CONFIG(accessibility)
        self.time.setAccessibleName(_(u"Time", None))
#endif // QT_CONFIG(accessibility)
        self.minutes_label.setText(_(u"&for", None))
#if QT_CONFIG(accessibility)
        self.minutes.setAccessibleName(_(u"Duration in minutes", None))
#endif // QT_CONFIG(accessibility)
        self.room_label.setText(_(u"&Room", None))
#if QT_CONFIG(accessibility)
        self.room.setAccessibleName(_(u"Room or place", None))
#endif // QT_CONFIG(accessibility)
        self.persons.setSuffix(_(u" persons", None))
#if QT_CONFIG(tooltip)
        self.persons.setToolTip(_(u"All who sit there: advisor, client, companions, interpreter", None))
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.persons.setAccessibleName(_(u"Persons, the advisor among them", None))
#endif // QT_CONFIG(accessibility)
        self.phone_label.setText(_(u"&Telephone", None))
#if QT_CONFIG(accessibility)
        self.phone.setAccessibleName(_(u"Number we will call", None))
#endif // QT_CONFIG(accessibility)
        self.state_label.setText(_(u"Stat&e", None))
#if QT_CONFIG(accessibility)
        self.state.setAccessibleName(_(u"State", None))
#endif // QT_CONFIG(accessibility)
        self.purpose_label.setText(_(u"&Purpose", None))
        self.purpose.setPlaceholderText(_(u"What the client wants (seen by advisors only)", None))
#if QT_CONFIG(accessibility)
        self.purpose.setAccessibleName(_(u"Purpose", None))
#endif // QT_CONFIG(accessibility)
        self.by_letter.setText(_(u"&by letter", None))
#if QT_CONFIG(tooltip)
        self.by_letter.setToolTip(_(u"The client learns of it by a letter made now: only days it surely reaches", None))
#endif // QT_CONFIG(tooltip)
        self.everybody.setText(_(u"all ad&visors", None))
#if QT_CONFIG(accessibility)
        self.slots.setAccessibleName(_(u"Free times", None))
#endif // QT_CONFIG(accessibility)
        self.tabs.setTabText(self.tabs.indexOf(self.slots_page), _(u"Free times", None))
        ___qtreewidgetitem = self.history.headerItem()
        ___qtreewidgetitem.setText(2, _(u"What", None))
        ___qtreewidgetitem.setText(1, _(u"Who", None))
        ___qtreewidgetitem.setText(0, _(u"When", None))
#if QT_CONFIG(accessibility)
        self.history.setAccessibleName(_(u"History", None))
#endif // QT_CONFIG(accessibility)
        self.note.setText(_(u"Copy file &note", None))
        self.tabs.setTabText(self.tabs.indexOf(self.history_page), _(u"History", None))
        self.save.setText(_(u"&Save", None))
        self.save_letter.setText(_(u"Save + &letter", None))
        self.next_state.setText(_(u"Ne&xt step", None))
        self.cancel_appointment.setText(_(u"Cancel appoint&ment", None))
        self.discard.setText(_(u"Disca&rd", None))
        self.close_button.setText(_(u"Cl&ose", None))
    # retranslateUi

