import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("one_entrance_hand_over_point", {
    steps: () => [
        {
            content: "the event says whose entrance is to be used",
            trigger: ".o_field_one_entrance_notice:contains(Havnen er travl is a key actor. Contact leader: Director)",
        },
        {
            content: "hand the point over instead of calling",
            trigger: ".o_field_one_entrance_notice button:contains(Hand Over a Point)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=destination]:contains(The point is put on the meeting)",
        },
        {
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit Spørg til byggesagen",
        },
        {
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "it is told where the point went",
            trigger: ".o_notification:contains(will be brought up at the meeting)",
        },
        {
            content: "and the event is as it was",
            trigger: "body:not(:has(.modal)) .o_form_view .o_field_one_entrance_notice",
        },
    ],
});
