import {registry} from "@web/core/registry";

const EDITOR = ".o_one_entrance_letter_body .odoo-editor-editable";
const SAVE = ".o_control_panel button.o_form_button_save";

registry.category("web_tour.tours").add("one_entrance_letter_preview", {
    steps: () => [
        {
            content: "a text with an unknown placeholder",
            trigger: EDITOR,
            run: "editor Til {{ nobody }}",
        },
        {
            trigger: SAVE,
            run: "click",
        },
        {
            content: "is refused, and the placeholder named",
            trigger: ".modal .modal-body:contains({{ nobody }}):contains({{ contact_person }})",
        },
        {
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        {
            trigger: `body:not(:has(.modal)) ${EDITOR}`,
            run: "editor Vi skriver til {{ actor }}.",
        },
        {
            trigger: SAVE,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "once it is saved, it is previewed",
            trigger: `body:not(:has(.o_form_dirty)) ${EDITOR}:contains(Vi skriver til {{ actor }}.)`,
        },
        {
            content: "the change is translated",
            trigger: ".o_one_entrance_letter_body button.o_field_translate:not(:visible)",
            run: "click",
        },
        {
            trigger: ".modal .o_translation_dialog textarea:first",
            run: "edit Vi skriver på dansk til {{ actor }}.",
        },
        {
            trigger: ".modal .modal-footer button.btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger: "button.btn-link:contains(Preview…)",
            run: "click",
        },
        {
            content: "the whole letter of a real actor is seen at once",
            trigger: ".modal .o_preview_iframe:iframe .o_one_entrance_letter:contains(Vi skriver til Ankeret.)",
        },
        {
            content: "another actor's is one choice away",
            trigger: ".modal .o_field_widget[name=partner_id] input",
            run: "edit Broen",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Broen)",
            run: "click",
        },
        {
            content: "and where there can be none, it says why",
            trigger: ".modal .alert:contains(Its postal address lacks street)",
        },
        {
            trigger: ".modal .modal-footer button:contains(Close)",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
    ],
});
