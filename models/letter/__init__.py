from . import (
    res_company_letter,
    res_lang,
    res_partner_letter,
    res_partner_sending,
    mail_template,
)
