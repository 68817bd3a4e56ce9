import {_t} from "@web/core/l10n/translation";

// What Odoo says on the pages of an interview and has no Danish for. Odoo finds the words of any addon whose translations
// the page has read, so they are translated with the others of this one.
export const interviewWords = [
    _t("A problem has occurred"),
    _t("Are you sure you want to submit the survey?"),
    _t("Submit confirmation"),
    _t("To take this survey, please close all other tabs on %(hostname)s"),
    _t("or press CTRL+Enter"),
    _t("or press Enter"),
    _t("or press ⌘+Enter"),
];
