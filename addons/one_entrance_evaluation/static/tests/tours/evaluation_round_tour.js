import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("one_entrance_evaluation_round", {
    steps: () => [
        {
            content: "a new round proposes the year that ended last, and its figures are counted when it is saved",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name] input",
            run: "edit Evaluering på tur",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.o_form_button_save:visible)) a.nav-link[name=figures]",
            run: "click",
        },
        {
            content: "one meeting was held, of the two in the register",
            trigger:
                ".o_field_widget[name=figure_ids] .o_data_row:contains(Meetings and calls held, of all):contains(1 of 2 (50)",
        },
        {
            content: "it opens the meeting behind it",
            trigger:
                ".o_field_widget[name=figure_ids] .o_data_row:contains(Meetings and calls held, of all) button[name=action_open]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Havnen på tur):contains(Held)",
        },
        {
            trigger:
                ".o_list_view:not(:has(.o_data_row:eq(1))) .o_back_button, .breadcrumb-item:contains(Evaluering på tur) a",
            run: "click",
        },
        {
            content: "the directorate has discussed it, and says when",
            trigger: ".o_form_view button[name=action_directorate]",
            run: "click",
        },
        {
            trigger: ".modal:contains(Missing: the day it was discussed in the directorate) .modal-footer button",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=directorate_date] input, .o_field_widget[name=directorate_date] button",
            run: "click",
        },
        {
            trigger: ".o_datetime_picker .o_today",
            run: "click",
        },
        {
            trigger: "button[name=action_directorate]",
            run: "click",
        },
        {
            trigger: "button[name=action_political]",
        },
        {
            trigger: ".o_field_widget[name=council_date] input, .o_field_widget[name=council_date] button",
            run: "click",
        },
        {
            trigger: ".o_datetime_picker .o_today",
            run: "click",
        },
        {
            trigger: "button[name=action_political]",
            run: "click",
        },
        {
            trigger: "button[name=action_note]",
        },
        {
            trigger: "a.nav-link[name=decision]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=decision] .odoo-editor-editable",
            run: "editor Kommunalbestyrelsen tog evalueringen til efterretning",
        },
        {
            trigger: "button[name=action_note]",
            run: "click",
        },
        {
            content: "the figures stand still from now on, and it is asked first",
            trigger: ".modal:contains(The figures will stand) .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "nothing of it can be written any more",
            trigger:
                ".o_form_view:has(button[name=action_reopen]) .o_field_widget[name=directorate_date].o_readonly_modifier",
        },
        {
            trigger: "a.nav-link[name=figures]",
            run: "click",
        },
        {
            trigger: ".o_form_view:contains(As they were when the round was noted) .o_field_widget[name=figure_ids]",
        },
    ],
});
