import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("one_entrance_mayor_led_meeting", {
    steps: () => [
        {
            trigger: "button[name=action_ask_held]",
            run: "click",
        },
        {
            content: "both principals are proposed",
            trigger: ".modal .o_field_widget[name=attendee_ids] .o_tag:contains(Municipal Director)",
        },
        {
            content: "one of them was not there",
            trigger: ".modal .o_field_widget[name=attendee_ids] .o_tag:contains(Municipal Director) .o_delete",
            run: "click",
        },
        {
            content: "it is said what is missing",
            trigger: ".modal .alert:contains(Municipal Director was not there, and nobody stood in.)",
        },
        {
            content: "somebody stood in",
            trigger: ".modal .o_field_widget[name=municipal_director_stand_in_id] input",
            run: "edit Deputy Director",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Deputy Director)",
            run: "click",
        },
        {
            content: "nothing is missing any more",
            trigger: ".modal:not(:has(.alert))",
        },
        {
            trigger: ".modal button[name=action_hold]",
            run: "click",
        },
        {
            content: "the meeting is held in full",
            trigger:
                "body:not(:has(.modal)):not(:has(.alert-warning)) .o_statusbar_status .o_arrow_button_current:contains(Held)",
        },
        {
            trigger: ".o_field_widget[name=attendee_ids] .o_tag:contains(Deputy Director)",
        },
    ],
});
