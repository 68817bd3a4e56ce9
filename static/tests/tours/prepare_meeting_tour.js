import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";

const writeSection = (row, text) => [
    {
        content: `open section ${row + 1}`,
        trigger: `.o_field_widget[name=section_ids] .o_data_row:eq(${row}) button[name=action_open]`,
        run: "click",
    },
    {
        content: "write the text",
        trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
        run: `editor ${text}`,
    },
    {
        trigger: ".modal .o_form_button_save",
        run: "click",
    },
    {
        content: "the text stands on the sheet",
        trigger: `body:not(:has(.modal)) .o_field_widget[name=section_ids] .o_data_row:eq(${row}):contains(${text})`,
    },
];

// A download leaves no trace on the page: note the name of the file that came.
const tellWhatIsDownloaded = () => {
    const original = download._download;
    download._download = async (options) => {
        document.body.dataset.downloaded = await original(options);
        download._download = original;
    };
};

registry.category("web_tour.tours").add("one_entrance_prepare_meeting", {
    steps: () => [
        {
            content: "take a new actor into the scheme",
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea",
            run: "edit Havnen på tur",
        },
        {
            content: "appoint its contact leader",
            trigger: ".o_field_widget[name=one_entrance_leader_id] input",
            run: "edit Director, Technology",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Director, Technology)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "the form says what the next step lacks",
            trigger:
                ".o_form_saved .o_field_widget[name=one_entrance_next_step_text]:contains(the date of the official letter)",
        },
        {
            content: "record that the letter was sent",
            trigger: "button[name=action_one_entrance_step]:contains(Letter Sent)",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "the step has moved",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(1. Letter Sent)",
        },
        {
            content: "make a background sheet",
            trigger: "button[name=action_one_entrance_new_sheet]",
            run: "click",
        },
        ...writeSection(0, "Spørg til rammerne"),
        ...writeSection(1, "Nye partnerskaber"),
        {
            trigger: "button[name=action_ready]",
            run: "click",
        },
        {
            content: "the sheet is ready",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Ready)",
        },
        {
            content: "print it",
            trigger: "button[name=action_print]",
            run({click}) {
                tellWhatIsDownloaded();
                return click();
            },
        },
        {
            content: "the PDF has arrived",
            trigger: "body[data-downloaded*='pdf']",
        },
    ],
});
