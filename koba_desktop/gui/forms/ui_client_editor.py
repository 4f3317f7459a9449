# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'client_editor.ui'
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
from PySide6.QtWidgets import (QApplication, QCheckBox, QComboBox, QDialog,
    QFormLayout, QFrame, QGridLayout, QGroupBox,
    QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit,
    QPushButton, QScrollArea, QSizePolicy, QSpacerItem,
    QVBoxLayout, QWidget)

from koba_desktop.gui.clients.conflict import ConflictView
from koba_desktop.gui.clients.phone_table import PhoneTable
from koba_desktop.gui.clients.preview import AddressPreview
from koba_desktop.gui.widgets import InlineMessage
class Ui_ClientEditorForm(object):
    def setupUi(self, ClientEditorForm):
        if not ClientEditorForm.objectName():
            ClientEditorForm.setObjectName(u"ClientEditorForm")
        ClientEditorForm.resize(1080, 680)
        self.column = QVBoxLayout(ClientEditorForm)
        self.column.setSpacing(8)
        self.column.setObjectName(u"column")
        self.heading = QLabel(ClientEditorForm)
        self.heading.setObjectName(u"heading")

        self.column.addWidget(self.heading)

        self.message = InlineMessage(ClientEditorForm)
        self.message.setObjectName(u"message")

        self.column.addWidget(self.message)

        self.conflict = ConflictView(ClientEditorForm)
        self.conflict.setObjectName(u"conflict")

        self.column.addWidget(self.conflict)

        self.scroll = QScrollArea(ClientEditorForm)
        self.scroll.setObjectName(u"scroll")
        self.scroll.setFrameShape(QFrame.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFocusPolicy(Qt.NoFocus)
        self.body = QWidget()
        self.body.setObjectName(u"body")
        self.columns = QHBoxLayout(self.body)
        self.columns.setSpacing(12)
        self.columns.setObjectName(u"columns")
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.left = QVBoxLayout()
        self.left.setSpacing(6)
        self.left.setObjectName(u"left")
        self.person = QGroupBox(self.body)
        self.person.setObjectName(u"person")
        self.person_fields = QFormLayout(self.person)
        self.person_fields.setObjectName(u"person_fields")
        self.person_fields.setFieldGrowthPolicy(QFormLayout.AllNonFixedFieldsGrow)
        self.person_fields.setVerticalSpacing(6)
        self.salutation_label = QLabel(self.person)
        self.salutation_label.setObjectName(u"salutation_label")

        self.person_fields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.salutation_label)

        self.salutation_row = QHBoxLayout()
        self.salutation_row.setObjectName(u"salutation_row")
        self.salutation = QComboBox(self.person)
        self.salutation.setObjectName(u"salutation")

        self.salutation_row.addWidget(self.salutation)

        self.title_label = QLabel(self.person)
        self.title_label.setObjectName(u"title_label")

        self.salutation_row.addWidget(self.title_label)

        self.title = QLineEdit(self.person)
        self.title.setObjectName(u"title")
        self.title.setMaxLength(40)
        self.title.setMaximumSize(QSize(90, 16777215))

        self.salutation_row.addWidget(self.title)

        self.salutation_row_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.salutation_row.addItem(self.salutation_row_space)


        self.person_fields.setLayout(0, QFormLayout.ItemRole.FieldRole, self.salutation_row)

        self.given_name_label = QLabel(self.person)
        self.given_name_label.setObjectName(u"given_name_label")

        self.person_fields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.given_name_label)

        self.given_name = QLineEdit(self.person)
        self.given_name.setObjectName(u"given_name")
        self.given_name.setMaxLength(120)

        self.person_fields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.given_name)

        self.family_name_label = QLabel(self.person)
        self.family_name_label.setObjectName(u"family_name_label")

        self.person_fields.setWidget(2, QFormLayout.ItemRole.LabelRole, self.family_name_label)

        self.family_name = QLineEdit(self.person)
        self.family_name.setObjectName(u"family_name")
        self.family_name.setMaxLength(120)

        self.person_fields.setWidget(2, QFormLayout.ItemRole.FieldRole, self.family_name)

        self.family_name_error = QLabel(self.person)
        self.family_name_error.setObjectName(u"family_name_error")
        self.family_name_error.setVisible(False)
        self.family_name_error.setWordWrap(True)

        self.person_fields.setWidget(3, QFormLayout.ItemRole.FieldRole, self.family_name_error)

        self.birth_date_label = QLabel(self.person)
        self.birth_date_label.setObjectName(u"birth_date_label")

        self.person_fields.setWidget(4, QFormLayout.ItemRole.LabelRole, self.birth_date_label)

        self.birth_date = QLineEdit(self.person)
        self.birth_date.setObjectName(u"birth_date")
        self.birth_date.setMaxLength(12)

        self.person_fields.setWidget(4, QFormLayout.ItemRole.FieldRole, self.birth_date)

        self.birth_date_error = QLabel(self.person)
        self.birth_date_error.setObjectName(u"birth_date_error")
        self.birth_date_error.setVisible(False)
        self.birth_date_error.setWordWrap(True)

        self.person_fields.setWidget(5, QFormLayout.ItemRole.FieldRole, self.birth_date_error)

        self.number_label = QLabel(self.person)
        self.number_label.setObjectName(u"number_label")

        self.person_fields.setWidget(6, QFormLayout.ItemRole.LabelRole, self.number_label)

        self.number = QLineEdit(self.person)
        self.number.setObjectName(u"number")
        self.number.setMaxLength(30)

        self.person_fields.setWidget(6, QFormLayout.ItemRole.FieldRole, self.number)

        self.number_error = QLabel(self.person)
        self.number_error.setObjectName(u"number_error")
        self.number_error.setVisible(False)
        self.number_error.setWordWrap(True)

        self.person_fields.setWidget(7, QFormLayout.ItemRole.FieldRole, self.number_error)

        self.case_number_label = QLabel(self.person)
        self.case_number_label.setObjectName(u"case_number_label")

        self.person_fields.setWidget(8, QFormLayout.ItemRole.LabelRole, self.case_number_label)

        self.case_number = QLineEdit(self.person)
        self.case_number.setObjectName(u"case_number")
        self.case_number.setMaxLength(30)

        self.person_fields.setWidget(8, QFormLayout.ItemRole.FieldRole, self.case_number)

        self.language_label = QLabel(self.person)
        self.language_label.setObjectName(u"language_label")

        self.person_fields.setWidget(9, QFormLayout.ItemRole.LabelRole, self.language_label)

        self.language = QComboBox(self.person)
        self.language.setObjectName(u"language")

        self.person_fields.setWidget(9, QFormLayout.ItemRole.FieldRole, self.language)

        self.office_id_label = QLabel(self.person)
        self.office_id_label.setObjectName(u"office_id_label")

        self.person_fields.setWidget(10, QFormLayout.ItemRole.LabelRole, self.office_id_label)

        self.office_id = QComboBox(self.person)
        self.office_id.setObjectName(u"office_id")

        self.person_fields.setWidget(10, QFormLayout.ItemRole.FieldRole, self.office_id)

        self.advisor_id_label = QLabel(self.person)
        self.advisor_id_label.setObjectName(u"advisor_id_label")

        self.person_fields.setWidget(11, QFormLayout.ItemRole.LabelRole, self.advisor_id_label)

        self.advisor_id = QComboBox(self.person)
        self.advisor_id.setObjectName(u"advisor_id")

        self.person_fields.setWidget(11, QFormLayout.ItemRole.FieldRole, self.advisor_id)

        self.closed_on_label = QLabel(self.person)
        self.closed_on_label.setObjectName(u"closed_on_label")

        self.person_fields.setWidget(12, QFormLayout.ItemRole.LabelRole, self.closed_on_label)

        self.closed_on = QLineEdit(self.person)
        self.closed_on.setObjectName(u"closed_on")
        self.closed_on.setMaxLength(12)

        self.person_fields.setWidget(12, QFormLayout.ItemRole.FieldRole, self.closed_on)

        self.closed_on_error = QLabel(self.person)
        self.closed_on_error.setObjectName(u"closed_on_error")
        self.closed_on_error.setVisible(False)
        self.closed_on_error.setWordWrap(True)

        self.person_fields.setWidget(13, QFormLayout.ItemRole.FieldRole, self.closed_on_error)


        self.left.addWidget(self.person)

        self.needs = QGroupBox(self.body)
        self.needs.setObjectName(u"needs")
        self.needs_grid = QGridLayout(self.needs)
        self.needs_grid.setObjectName(u"needs_grid")
        self.need_wheelchair = QCheckBox(self.needs)
        self.need_wheelchair.setObjectName(u"need_wheelchair")

        self.needs_grid.addWidget(self.need_wheelchair, 0, 0, 1, 1)

        self.need_interpreter = QCheckBox(self.needs)
        self.need_interpreter.setObjectName(u"need_interpreter")

        self.needs_grid.addWidget(self.need_interpreter, 0, 1, 1, 1)

        self.need_no_phone = QCheckBox(self.needs)
        self.need_no_phone.setObjectName(u"need_no_phone")

        self.needs_grid.addWidget(self.need_no_phone, 1, 0, 1, 1)

        self.need_hearing = QCheckBox(self.needs)
        self.need_hearing.setObjectName(u"need_hearing")

        self.needs_grid.addWidget(self.need_hearing, 1, 1, 1, 1)

        self.need_confidentiality = QCheckBox(self.needs)
        self.need_confidentiality.setObjectName(u"need_confidentiality")

        self.needs_grid.addWidget(self.need_confidentiality, 2, 0, 1, 1)


        self.left.addWidget(self.needs)

        self.left_space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.left.addItem(self.left_space)


        self.columns.addLayout(self.left)

        self.middle = QVBoxLayout()
        self.middle.setSpacing(6)
        self.middle.setObjectName(u"middle")
        self.phones_box = QGroupBox(self.body)
        self.phones_box.setObjectName(u"phones_box")
        self.phones_column = QVBoxLayout(self.phones_box)
        self.phones_column.setObjectName(u"phones_column")
        self.phones = PhoneTable(self.phones_box)
        self.phones.setObjectName(u"phones")

        self.phones_column.addWidget(self.phones)

        self.phones_error = QLabel(self.phones_box)
        self.phones_error.setObjectName(u"phones_error")
        self.phones_error.setVisible(False)
        self.phones_error.setWordWrap(True)

        self.phones_column.addWidget(self.phones_error)


        self.middle.addWidget(self.phones_box)

        self.mail = QGroupBox(self.body)
        self.mail.setObjectName(u"mail")
        self.mail_fields = QFormLayout(self.mail)
        self.mail_fields.setObjectName(u"mail_fields")
        self.mail_fields.setFieldGrowthPolicy(QFormLayout.AllNonFixedFieldsGrow)
        self.mail_fields.setVerticalSpacing(6)
        self.email_label = QLabel(self.mail)
        self.email_label.setObjectName(u"email_label")

        self.mail_fields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.email_label)

        self.email = QLineEdit(self.mail)
        self.email.setObjectName(u"email")
        self.email.setMaxLength(120)

        self.mail_fields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.email)

        self.email_error = QLabel(self.mail)
        self.email_error.setObjectName(u"email_error")
        self.email_error.setVisible(False)
        self.email_error.setWordWrap(True)

        self.mail_fields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.email_error)

        self.email_consent_label = QLabel(self.mail)
        self.email_consent_label.setObjectName(u"email_consent_label")

        self.mail_fields.setWidget(2, QFormLayout.ItemRole.LabelRole, self.email_consent_label)

        self.email_consent = QLineEdit(self.mail)
        self.email_consent.setObjectName(u"email_consent")
        self.email_consent.setMaxLength(12)

        self.mail_fields.setWidget(2, QFormLayout.ItemRole.FieldRole, self.email_consent)

        self.email_consent_error = QLabel(self.mail)
        self.email_consent_error.setObjectName(u"email_consent_error")
        self.email_consent_error.setVisible(False)
        self.email_consent_error.setWordWrap(True)

        self.mail_fields.setWidget(3, QFormLayout.ItemRole.FieldRole, self.email_consent_error)


        self.middle.addWidget(self.mail)

        self.representative = QGroupBox(self.body)
        self.representative.setObjectName(u"representative")
        self.representative.setCheckable(True)
        self.representative.setChecked(False)
        self.rep_fields = QFormLayout(self.representative)
        self.rep_fields.setObjectName(u"rep_fields")
        self.rep_fields.setFieldGrowthPolicy(QFormLayout.AllNonFixedFieldsGrow)
        self.rep_fields.setVerticalSpacing(6)
        self.rep_organisation_label = QLabel(self.representative)
        self.rep_organisation_label.setObjectName(u"rep_organisation_label")

        self.rep_fields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.rep_organisation_label)

        self.rep_organisation = QLineEdit(self.representative)
        self.rep_organisation.setObjectName(u"rep_organisation")
        self.rep_organisation.setMaxLength(120)

        self.rep_fields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.rep_organisation)

        self.rep_salutation_label = QLabel(self.representative)
        self.rep_salutation_label.setObjectName(u"rep_salutation_label")

        self.rep_fields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.rep_salutation_label)

        self.rep_salutation_row = QHBoxLayout()
        self.rep_salutation_row.setObjectName(u"rep_salutation_row")
        self.rep_salutation = QComboBox(self.representative)
        self.rep_salutation.setObjectName(u"rep_salutation")

        self.rep_salutation_row.addWidget(self.rep_salutation)

        self.rep_title_label = QLabel(self.representative)
        self.rep_title_label.setObjectName(u"rep_title_label")

        self.rep_salutation_row.addWidget(self.rep_title_label)

        self.rep_title = QLineEdit(self.representative)
        self.rep_title.setObjectName(u"rep_title")
        self.rep_title.setMaxLength(40)
        self.rep_title.setMaximumSize(QSize(90, 16777215))

        self.rep_salutation_row.addWidget(self.rep_title)

        self.rep_salutation_row_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.rep_salutation_row.addItem(self.rep_salutation_row_space)


        self.rep_fields.setLayout(1, QFormLayout.ItemRole.FieldRole, self.rep_salutation_row)

        self.rep_given_name_label = QLabel(self.representative)
        self.rep_given_name_label.setObjectName(u"rep_given_name_label")

        self.rep_fields.setWidget(2, QFormLayout.ItemRole.LabelRole, self.rep_given_name_label)

        self.rep_name_row = QHBoxLayout()
        self.rep_name_row.setObjectName(u"rep_name_row")
        self.rep_given_name = QLineEdit(self.representative)
        self.rep_given_name.setObjectName(u"rep_given_name")
        self.rep_given_name.setMaxLength(120)

        self.rep_name_row.addWidget(self.rep_given_name)

        self.rep_family_name = QLineEdit(self.representative)
        self.rep_family_name.setObjectName(u"rep_family_name")
        self.rep_family_name.setMaxLength(120)

        self.rep_name_row.addWidget(self.rep_family_name)


        self.rep_fields.setLayout(2, QFormLayout.ItemRole.FieldRole, self.rep_name_row)

        self.rep_family_name_error = QLabel(self.representative)
        self.rep_family_name_error.setObjectName(u"rep_family_name_error")
        self.rep_family_name_error.setVisible(False)
        self.rep_family_name_error.setWordWrap(True)

        self.rep_fields.setWidget(3, QFormLayout.ItemRole.FieldRole, self.rep_family_name_error)

        self.rep_street_label = QLabel(self.representative)
        self.rep_street_label.setObjectName(u"rep_street_label")

        self.rep_fields.setWidget(4, QFormLayout.ItemRole.LabelRole, self.rep_street_label)

        self.rep_street = QLineEdit(self.representative)
        self.rep_street.setObjectName(u"rep_street")
        self.rep_street.setMaxLength(120)

        self.rep_fields.setWidget(4, QFormLayout.ItemRole.FieldRole, self.rep_street)

        self.rep_postcode_label = QLabel(self.representative)
        self.rep_postcode_label.setObjectName(u"rep_postcode_label")

        self.rep_fields.setWidget(5, QFormLayout.ItemRole.LabelRole, self.rep_postcode_label)

        self.rep_town_row = QHBoxLayout()
        self.rep_town_row.setObjectName(u"rep_town_row")
        self.rep_postcode = QLineEdit(self.representative)
        self.rep_postcode.setObjectName(u"rep_postcode")
        self.rep_postcode.setMaxLength(12)
        self.rep_postcode.setMaximumSize(QSize(80, 16777215))

        self.rep_town_row.addWidget(self.rep_postcode)

        self.rep_town = QLineEdit(self.representative)
        self.rep_town.setObjectName(u"rep_town")
        self.rep_town.setMaxLength(80)

        self.rep_town_row.addWidget(self.rep_town)


        self.rep_fields.setLayout(5, QFormLayout.ItemRole.FieldRole, self.rep_town_row)

        self.rep_country_label = QLabel(self.representative)
        self.rep_country_label.setObjectName(u"rep_country_label")

        self.rep_fields.setWidget(6, QFormLayout.ItemRole.LabelRole, self.rep_country_label)

        self.rep_country = QLineEdit(self.representative)
        self.rep_country.setObjectName(u"rep_country")
        self.rep_country.setMaxLength(60)

        self.rep_fields.setWidget(6, QFormLayout.ItemRole.FieldRole, self.rep_country)

        self.rep_phone_label = QLabel(self.representative)
        self.rep_phone_label.setObjectName(u"rep_phone_label")

        self.rep_fields.setWidget(7, QFormLayout.ItemRole.LabelRole, self.rep_phone_label)

        self.rep_phone = QLineEdit(self.representative)
        self.rep_phone.setObjectName(u"rep_phone")
        self.rep_phone.setMaxLength(60)

        self.rep_fields.setWidget(7, QFormLayout.ItemRole.FieldRole, self.rep_phone)

        self.rep_valid_from_label = QLabel(self.representative)
        self.rep_valid_from_label.setObjectName(u"rep_valid_from_label")

        self.rep_fields.setWidget(8, QFormLayout.ItemRole.LabelRole, self.rep_valid_from_label)

        self.rep_valid_row = QHBoxLayout()
        self.rep_valid_row.setObjectName(u"rep_valid_row")
        self.rep_valid_from = QLineEdit(self.representative)
        self.rep_valid_from.setObjectName(u"rep_valid_from")
        self.rep_valid_from.setMaxLength(12)
        self.rep_valid_from.setMaximumSize(QSize(110, 16777215))

        self.rep_valid_row.addWidget(self.rep_valid_from)

        self.rep_valid_until_label = QLabel(self.representative)
        self.rep_valid_until_label.setObjectName(u"rep_valid_until_label")

        self.rep_valid_row.addWidget(self.rep_valid_until_label)

        self.rep_valid_until = QLineEdit(self.representative)
        self.rep_valid_until.setObjectName(u"rep_valid_until")
        self.rep_valid_until.setMaxLength(12)
        self.rep_valid_until.setMaximumSize(QSize(110, 16777215))

        self.rep_valid_row.addWidget(self.rep_valid_until)

        self.rep_valid_row_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.rep_valid_row.addItem(self.rep_valid_row_space)


        self.rep_fields.setLayout(8, QFormLayout.ItemRole.FieldRole, self.rep_valid_row)

        self.rep_valid_from_error = QLabel(self.representative)
        self.rep_valid_from_error.setObjectName(u"rep_valid_from_error")
        self.rep_valid_from_error.setVisible(False)
        self.rep_valid_from_error.setWordWrap(True)

        self.rep_fields.setWidget(9, QFormLayout.ItemRole.FieldRole, self.rep_valid_from_error)


        self.middle.addWidget(self.representative)

        self.middle_space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.middle.addItem(self.middle_space)


        self.columns.addLayout(self.middle)

        self.right = QVBoxLayout()
        self.right.setSpacing(6)
        self.right.setObjectName(u"right")
        self.address = QGroupBox(self.body)
        self.address.setObjectName(u"address")
        self.address_fields = QFormLayout(self.address)
        self.address_fields.setObjectName(u"address_fields")
        self.address_fields.setFieldGrowthPolicy(QFormLayout.AllNonFixedFieldsGrow)
        self.address_fields.setVerticalSpacing(6)
        self.care_of_label = QLabel(self.address)
        self.care_of_label.setObjectName(u"care_of_label")

        self.address_fields.setWidget(0, QFormLayout.ItemRole.LabelRole, self.care_of_label)

        self.care_of = QLineEdit(self.address)
        self.care_of.setObjectName(u"care_of")
        self.care_of.setMaxLength(80)

        self.address_fields.setWidget(0, QFormLayout.ItemRole.FieldRole, self.care_of)

        self.extra_label = QLabel(self.address)
        self.extra_label.setObjectName(u"extra_label")

        self.address_fields.setWidget(1, QFormLayout.ItemRole.LabelRole, self.extra_label)

        self.extra = QLineEdit(self.address)
        self.extra.setObjectName(u"extra")
        self.extra.setMaxLength(80)

        self.address_fields.setWidget(1, QFormLayout.ItemRole.FieldRole, self.extra)

        self.street_label = QLabel(self.address)
        self.street_label.setObjectName(u"street_label")

        self.address_fields.setWidget(2, QFormLayout.ItemRole.LabelRole, self.street_label)

        self.street = QLineEdit(self.address)
        self.street.setObjectName(u"street")
        self.street.setMaxLength(120)

        self.address_fields.setWidget(2, QFormLayout.ItemRole.FieldRole, self.street)

        self.postcode_label = QLabel(self.address)
        self.postcode_label.setObjectName(u"postcode_label")

        self.address_fields.setWidget(3, QFormLayout.ItemRole.LabelRole, self.postcode_label)

        self.town_row = QHBoxLayout()
        self.town_row.setObjectName(u"town_row")
        self.postcode = QLineEdit(self.address)
        self.postcode.setObjectName(u"postcode")
        self.postcode.setMaxLength(12)
        self.postcode.setMaximumSize(QSize(80, 16777215))

        self.town_row.addWidget(self.postcode)

        self.town = QLineEdit(self.address)
        self.town.setObjectName(u"town")
        self.town.setMaxLength(80)

        self.town_row.addWidget(self.town)


        self.address_fields.setLayout(3, QFormLayout.ItemRole.FieldRole, self.town_row)

        self.postcode_error = QLabel(self.address)
        self.postcode_error.setObjectName(u"postcode_error")
        self.postcode_error.setVisible(False)
        self.postcode_error.setWordWrap(True)

        self.address_fields.setWidget(4, QFormLayout.ItemRole.FieldRole, self.postcode_error)

        self.country_label = QLabel(self.address)
        self.country_label.setObjectName(u"country_label")

        self.address_fields.setWidget(5, QFormLayout.ItemRole.LabelRole, self.country_label)

        self.country = QLineEdit(self.address)
        self.country.setObjectName(u"country")
        self.country.setMaxLength(60)

        self.address_fields.setWidget(5, QFormLayout.ItemRole.FieldRole, self.country)

        self.address_blocked = QCheckBox(self.address)
        self.address_blocked.setObjectName(u"address_blocked")

        self.address_fields.setWidget(6, QFormLayout.ItemRole.FieldRole, self.address_blocked)


        self.right.addWidget(self.address)

        self.preview_box = QGroupBox(self.body)
        self.preview_box.setObjectName(u"preview_box")
        self.preview_column = QVBoxLayout(self.preview_box)
        self.preview_column.setObjectName(u"preview_column")
        self.preview = AddressPreview(self.preview_box)
        self.preview.setObjectName(u"preview")

        self.preview_column.addWidget(self.preview)


        self.right.addWidget(self.preview_box)

        self.note_box = QGroupBox(self.body)
        self.note_box.setObjectName(u"note_box")
        self.note_column = QVBoxLayout(self.note_box)
        self.note_column.setObjectName(u"note_column")
        self.note = QPlainTextEdit(self.note_box)
        self.note.setObjectName(u"note")
        self.note.setTabChangesFocus(True)
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        sizePolicy.setHorizontalStretch(0)
        sizePolicy.setVerticalStretch(1)
        sizePolicy.setHeightForWidth(self.note.sizePolicy().hasHeightForWidth())
        self.note.setSizePolicy(sizePolicy)
        self.note.setMinimumSize(QSize(0, 60))

        self.note_column.addWidget(self.note)


        self.right.addWidget(self.note_box)


        self.columns.addLayout(self.right)

        self.columns.setStretch(0, 5)
        self.columns.setStretch(1, 6)
        self.columns.setStretch(2, 6)
        self.scroll.setWidget(self.body)

        self.column.addWidget(self.scroll)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.save = QPushButton(ClientEditorForm)
        self.save.setObjectName(u"save")
        self.save.setProperty(u"kind", u"primary")

        self.buttons.addWidget(self.save)

        self.discard = QPushButton(ClientEditorForm)
        self.discard.setObjectName(u"discard")
        self.discard.setAutoDefault(False)

        self.buttons.addWidget(self.discard)

        self.buttons_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.buttons_space)

        self.close_button = QPushButton(ClientEditorForm)
        self.close_button.setObjectName(u"close_button")
        self.close_button.setAutoDefault(False)

        self.buttons.addWidget(self.close_button)


        self.column.addLayout(self.buttons)

#if QT_CONFIG(shortcut)
        self.salutation_label.setBuddy(self.salutation)
        self.title_label.setBuddy(self.title)
        self.given_name_label.setBuddy(self.given_name)
        self.family_name_label.setBuddy(self.family_name)
        self.birth_date_label.setBuddy(self.birth_date)
        self.number_label.setBuddy(self.number)
        self.case_number_label.setBuddy(self.case_number)
        self.language_label.setBuddy(self.language)
        self.office_id_label.setBuddy(self.office_id)
        self.advisor_id_label.setBuddy(self.advisor_id)
        self.closed_on_label.setBuddy(self.closed_on)
        self.email_label.setBuddy(self.email)
        self.email_consent_label.setBuddy(self.email_consent)
        self.rep_organisation_label.setBuddy(self.rep_organisation)
        self.rep_salutation_label.setBuddy(self.rep_salutation)
        self.rep_title_label.setBuddy(self.rep_title)
        self.rep_given_name_label.setBuddy(self.rep_given_name)
        self.rep_street_label.setBuddy(self.rep_street)
        self.rep_postcode_label.setBuddy(self.rep_postcode)
        self.rep_country_label.setBuddy(self.rep_country)
        self.rep_phone_label.setBuddy(self.rep_phone)
        self.rep_valid_from_label.setBuddy(self.rep_valid_from)
        self.rep_valid_until_label.setBuddy(self.rep_valid_until)
        self.care_of_label.setBuddy(self.care_of)
        self.extra_label.setBuddy(self.extra)
        self.street_label.setBuddy(self.street)
        self.postcode_label.setBuddy(self.postcode)
        self.country_label.setBuddy(self.country)
#endif // QT_CONFIG(shortcut)
        QWidget.setTabOrder(self.salutation, self.title)
        QWidget.setTabOrder(self.title, self.given_name)
        QWidget.setTabOrder(self.given_name, self.family_name)
        QWidget.setTabOrder(self.family_name, self.birth_date)
        QWidget.setTabOrder(self.birth_date, self.number)
        QWidget.setTabOrder(self.number, self.case_number)
        QWidget.setTabOrder(self.case_number, self.language)
        QWidget.setTabOrder(self.language, self.office_id)
        QWidget.setTabOrder(self.office_id, self.advisor_id)
        QWidget.setTabOrder(self.advisor_id, self.closed_on)
        QWidget.setTabOrder(self.closed_on, self.need_wheelchair)
        QWidget.setTabOrder(self.need_wheelchair, self.need_interpreter)
        QWidget.setTabOrder(self.need_interpreter, self.need_no_phone)
        QWidget.setTabOrder(self.need_no_phone, self.need_hearing)
        QWidget.setTabOrder(self.need_hearing, self.need_confidentiality)
        QWidget.setTabOrder(self.need_confidentiality, self.phones)
        QWidget.setTabOrder(self.phones, self.email)
        QWidget.setTabOrder(self.email, self.email_consent)
        QWidget.setTabOrder(self.email_consent, self.representative)
        QWidget.setTabOrder(self.representative, self.rep_organisation)
        QWidget.setTabOrder(self.rep_organisation, self.rep_salutation)
        QWidget.setTabOrder(self.rep_salutation, self.rep_title)
        QWidget.setTabOrder(self.rep_title, self.rep_given_name)
        QWidget.setTabOrder(self.rep_given_name, self.rep_family_name)
        QWidget.setTabOrder(self.rep_family_name, self.rep_street)
        QWidget.setTabOrder(self.rep_street, self.rep_postcode)
        QWidget.setTabOrder(self.rep_postcode, self.rep_town)
        QWidget.setTabOrder(self.rep_town, self.rep_country)
        QWidget.setTabOrder(self.rep_country, self.rep_phone)
        QWidget.setTabOrder(self.rep_phone, self.rep_valid_from)
        QWidget.setTabOrder(self.rep_valid_from, self.rep_valid_until)
        QWidget.setTabOrder(self.rep_valid_until, self.care_of)
        QWidget.setTabOrder(self.care_of, self.extra)
        QWidget.setTabOrder(self.extra, self.street)
        QWidget.setTabOrder(self.street, self.postcode)
        QWidget.setTabOrder(self.postcode, self.town)
        QWidget.setTabOrder(self.town, self.country)
        QWidget.setTabOrder(self.country, self.address_blocked)
        QWidget.setTabOrder(self.address_blocked, self.note)
        QWidget.setTabOrder(self.note, self.save)
        QWidget.setTabOrder(self.save, self.discard)
        QWidget.setTabOrder(self.discard, self.close_button)

        self.retranslateUi(ClientEditorForm)

        self.save.setDefault(True)


        QMetaObject.connectSlotsByName(ClientEditorForm)
    # setupUi

    def retranslateUi(self, ClientEditorForm):
        ClientEditorForm.setWindowTitle(_(u"Client", None))
        self.person.setTitle(_(u"Person", None))
        self.salutation_label.setText(_(u"&Salutation", None))
#if QT_CONFIG(accessibility)
        self.salutation.setAccessibleName(_(u"Salutation", None))
#endif // QT_CONFIG(accessibility)
        self.title_label.setText(_(u"&Title", None))
#if QT_CONFIG(accessibility)
        self.title.setAccessibleName(_(u"Title", None))
#endif // QT_CONFIG(accessibility)
        self.title.setPlaceholderText(_(u"Dr.", None))
        self.given_name_label.setText(_(u"&Given name", None))
#if QT_CONFIG(accessibility)
        self.given_name.setAccessibleName(_(u"Given name", None))
#endif // QT_CONFIG(accessibility)
        self.family_name_label.setText(_(u"&Family name", None))
#if QT_CONFIG(accessibility)
        self.family_name.setAccessibleName(_(u"Family name", None))
#endif // QT_CONFIG(accessibility)
        self.birth_date_label.setText(_(u"Date of &birth", None))
#if QT_CONFIG(accessibility)
        self.birth_date.setAccessibleName(_(u"Date of birth", None))
#endif // QT_CONFIG(accessibility)
        self.birth_date.setPlaceholderText(_(u"14.07.1979", None))
        self.number_label.setText(_(u"Client &no.", None))
#if QT_CONFIG(accessibility)
        self.number.setAccessibleName(_(u"Client number", None))
#endif // QT_CONFIG(accessibility)
        self.case_number_label.setText(_(u"Benefit &unit", None))
#if QT_CONFIG(accessibility)
        self.case_number.setAccessibleName(_(u"Number of the benefit unit", None))
#endif // QT_CONFIG(accessibility)
        self.language_label.setText(_(u"&Language", None))
#if QT_CONFIG(accessibility)
        self.language.setAccessibleName(_(u"Language", None))
#endif // QT_CONFIG(accessibility)
        self.office_id_label.setText(_(u"&Office", None))
#if QT_CONFIG(accessibility)
        self.office_id.setAccessibleName(_(u"Office", None))
#endif // QT_CONFIG(accessibility)
        self.advisor_id_label.setText(_(u"&Advisor", None))
#if QT_CONFIG(accessibility)
        self.advisor_id.setAccessibleName(_(u"Responsible advisor", None))
#endif // QT_CONFIG(accessibility)
        self.closed_on_label.setText(_(u"Close&d on", None))
#if QT_CONFIG(accessibility)
        self.closed_on.setAccessibleName(_(u"Closed on", None))
#endif // QT_CONFIG(accessibility)
        self.closed_on.setPlaceholderText(_(u"open", None))
        self.needs.setTitle(_(u"Needs", None))
        self.need_wheelchair.setText(_(u"Wheelchair", None))
        self.need_interpreter.setText(_(u"Interpreter", None))
        self.need_no_phone.setText(_(u"No phone", None))
        self.need_hearing.setText(_(u"Hard of hearing", None))
        self.need_confidentiality.setText(_(u"Confidentiality", None))
        self.phones_box.setTitle(_(u"Phone numbers", None))
        self.mail.setTitle(_(u"E-mail", None))
        self.email_label.setText(_(u"&E-mail", None))
#if QT_CONFIG(accessibility)
        self.email.setAccessibleName(_(u"E-mail address", None))
#endif // QT_CONFIG(accessibility)
        self.email_consent_label.setText(_(u"Consent g&iven", None))
#if QT_CONFIG(accessibility)
        self.email_consent.setAccessibleName(_(u"Consent to e-mail given on", None))
#endif // QT_CONFIG(accessibility)
        self.email_consent.setPlaceholderText(_(u"no consent", None))
        self.representative.setTitle(_(u"Representative receives the letters", None))
        self.rep_organisation_label.setText(_(u"Organisation", None))
#if QT_CONFIG(accessibility)
        self.rep_organisation.setAccessibleName(_(u"Representative: organisation", None))
#endif // QT_CONFIG(accessibility)
        self.rep_salutation_label.setText(_(u"Salutation", None))
#if QT_CONFIG(accessibility)
        self.rep_salutation.setAccessibleName(_(u"Representative: salutation", None))
#endif // QT_CONFIG(accessibility)
        self.rep_title_label.setText(_(u"Title", None))
#if QT_CONFIG(accessibility)
        self.rep_title.setAccessibleName(_(u"Representative: title", None))
#endif // QT_CONFIG(accessibility)
        self.rep_given_name_label.setText(_(u"Names", None))
#if QT_CONFIG(accessibility)
        self.rep_given_name.setAccessibleName(_(u"Representative: given name", None))
#endif // QT_CONFIG(accessibility)
        self.rep_given_name.setPlaceholderText(_(u"Given name", None))
#if QT_CONFIG(accessibility)
        self.rep_family_name.setAccessibleName(_(u"Representative: family name", None))
#endif // QT_CONFIG(accessibility)
        self.rep_family_name.setPlaceholderText(_(u"Family name", None))
        self.rep_street_label.setText(_(u"Street", None))
#if QT_CONFIG(accessibility)
        self.rep_street.setAccessibleName(_(u"Representative: street and number", None))
#endif // QT_CONFIG(accessibility)
        self.rep_postcode_label.setText(_(u"Postcode, town", None))
#if QT_CONFIG(accessibility)
        self.rep_postcode.setAccessibleName(_(u"Representative: postcode", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.rep_town.setAccessibleName(_(u"Representative: town", None))
#endif // QT_CONFIG(accessibility)
        self.rep_country_label.setText(_(u"Country", None))
#if QT_CONFIG(accessibility)
        self.rep_country.setAccessibleName(_(u"Representative: country", None))
#endif // QT_CONFIG(accessibility)
        self.rep_country.setPlaceholderText(_(u"Germany", None))
        self.rep_phone_label.setText(_(u"Phone", None))
#if QT_CONFIG(accessibility)
        self.rep_phone.setAccessibleName(_(u"Representative: phone", None))
#endif // QT_CONFIG(accessibility)
        self.rep_valid_from_label.setText(_(u"Valid from", None))
#if QT_CONFIG(accessibility)
        self.rep_valid_from.setAccessibleName(_(u"Representative: valid from", None))
#endif // QT_CONFIG(accessibility)
        self.rep_valid_until_label.setText(_(u"until", None))
#if QT_CONFIG(accessibility)
        self.rep_valid_until.setAccessibleName(_(u"Representative: valid until", None))
#endif // QT_CONFIG(accessibility)
        self.rep_valid_until.setPlaceholderText(_(u"open", None))
        self.address.setTitle(_(u"Address", None))
        self.care_of_label.setText(_(u"&c/o", None))
#if QT_CONFIG(accessibility)
        self.care_of.setAccessibleName(_(u"Care of", None))
#endif // QT_CONFIG(accessibility)
        self.extra_label.setText(_(u"E&xtra line", None))
#if QT_CONFIG(accessibility)
        self.extra.setAccessibleName(_(u"Extra address line", None))
#endif // QT_CONFIG(accessibility)
        self.street_label.setText(_(u"St&reet", None))
#if QT_CONFIG(accessibility)
        self.street.setAccessibleName(_(u"Street and number", None))
#endif // QT_CONFIG(accessibility)
        self.postcode_label.setText(_(u"&Postcode, town", None))
#if QT_CONFIG(accessibility)
        self.postcode.setAccessibleName(_(u"Postcode", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(accessibility)
        self.town.setAccessibleName(_(u"Town", None))
#endif // QT_CONFIG(accessibility)
        self.country_label.setText(_(u"Countr&y", None))
#if QT_CONFIG(accessibility)
        self.country.setAccessibleName(_(u"Country (empty for Germany)", None))
#endif // QT_CONFIG(accessibility)
        self.country.setPlaceholderText(_(u"Germany", None))
        self.address_blocked.setText(_(u"Address blocked (\u00a7 51 BMG)", None))
        self.preview_box.setTitle(_(u"In the envelope window", None))
        self.note_box.setTitle(_(u"Note", None))
#if QT_CONFIG(accessibility)
        self.note.setAccessibleName(_(u"Note", None))
#endif // QT_CONFIG(accessibility)
        self.save.setText(_(u"Sa&ve", None))
        self.discard.setText(_(u"Discard c&hanges", None))
        self.close_button.setText(_(u"Close", None))
    # retranslateUi

