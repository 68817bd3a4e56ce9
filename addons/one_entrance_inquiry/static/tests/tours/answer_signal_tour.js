import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("one_entrance_answer_signal", {
    steps: () => [
        {
            content: "three actors raise one theme",
            trigger: ".o_list_view .o_data_row:contains(Banken på tur: Støj om natten) .o_data_cell[name=theme_id]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=inquiry_ids] .o_data_row:contains(Aqua på tur)",
        },
        {
            content: "the directorate answers once",
            trigger: ".o_field_widget[name=answer] .odoo-editor-editable",
            run: "editor Vi måler støjen i juni.",
        },
        {
            trigger: "button[name=action_answer]",
            run: "click",
        },
        {
            trigger: ".modal:contains(Nothing is sent to the actors) footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Answered)",
        },
        {
            trigger: ".o_field_widget[name=answer]:not(:has(.odoo-editor-editable)):contains(Vi måler støjen)",
        },
        {
            trigger: "button[name=action_open_inquiries]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.o_form_view)) .o_list_view .o_data_row:contains(Aqua på tur) .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "the leader is proposed the answer, and uses it",
            trigger:
                "div[name=one_entrance_proposal]:contains(Vi måler støjen) button[name=action_use_proposed_answer]",
            run: "click",
        },
        {
            trigger: "body:not(:has(div[name=one_entrance_proposal]))",
        },
        {
            trigger: ".o_notebook .nav-link[name=answer]",
            run: "click",
        },
        {
            trigger: ".tab-pane.active .o_field_widget[name=answer] .odoo-editor-editable:contains(Vi måler støjen)",
        },
        {
            content: "it is not answered yet",
            trigger: ".o_arrow_button_current:contains(New)",
        },
    ],
});
