import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("one_entrance_renew_seats", {
    steps: () => [
        {
            content: "the seats that end in three months",
            trigger: ".o_list_view .o_data_row:contains(Ægir på tur):contains(To Confirm)",
        },
        {
            content: "nobody follows on the observer",
            trigger: ".o_data_row:contains(Observer) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: "button[name=action_final]",
            run: "click",
        },
        {
            content: "it is not asked about any more",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(Observer)))",
        },
        {
            content: "all others are renewed",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: "button[name=action_renew]",
            run: "click",
        },
        {
            content: "the day is not asked first: its calendar would lie over the seats",
            trigger: ".modal .o_field_widget[name=ends_with_term] input:focus",
        },
        {
            content: "one of them is left out",
            trigger: ".modal .o_data_row:contains(Bo på tur) .o_data_cell[name=is_renewed]",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row .o_data_cell[name=is_renewed] input:not(:checked)",
        },
        {
            content: "in the next term the member is chair",
            trigger: ".modal .o_data_row:contains(Ægir på tur) .o_data_cell[name=role]",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row .o_field_widget[name=role] .o_select_menu input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(/^Chair$/)",
            run: "click",
        },
        {
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "the new seats are shown",
            trigger:
                "body:not(:has(.modal)) .o_list_view .o_data_row:contains(Ægir på tur):contains(Chair):contains(Coming)",
        },
    ],
});
