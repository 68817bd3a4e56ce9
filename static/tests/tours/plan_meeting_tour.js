import {registry} from "@web/core/registry";

// The tenth and the fifteenth of the month before: days that have passed, whenever the tour is taken.
const dayOf = (number) => `.fc-daygrid-day:not(.fc-day-other)[data-date$="-${number}"]`;

// The calendar listens to the mouse itself, so a click on a day is a press and a release.
const pressDay = (selector) => {
    const day = document.querySelector(selector);
    const {left, top, width, height} = day.getBoundingClientRect();
    const place = {
        bubbles: true,
        button: 0,
        clientX: left + width / 2,
        clientY: top + height / 2,
        view: window,
    };
    for (const type of ["mousedown", "mousemove", "mouseup"]) {
        day.firstChild.dispatchEvent(new MouseEvent(type, place));
    }
};

// The calendar is drawn anew after a drag, whenever the server has answered, and closes what was opened before: click until
// the meeting stays open.
const openMeeting = async () => {
    for (let attempt = 0; attempt < 8; attempt++) {
        document.querySelector(`${dayOf("15")} .fc-event`)?.click();
        await new Promise((resolve) => setTimeout(resolve, 1000));
        if (document.querySelector(".o_cw_popover .o_cw_popover_edit")) {
            return;
        }
    }
};

const addPoint = (summary, promise) => [
    {
        trigger: ".modal .o_field_widget[name=point_ids] .o_field_x2many_list_row_add a",
        run: "click",
    },
    {
        trigger: ".modal .o_selected_row .o_field_widget[name=summary] textarea",
        run: `edit ${summary}`,
    },
    ...(promise
        ? [
              {
                  trigger: ".modal .o_selected_row .o_field_widget[name=commitment] input",
                  run: `edit ${promise.commitment}`,
              },
              {
                  trigger: ".modal .o_selected_row .o_field_widget[name=responsible_id] input",
                  run: `edit ${promise.responsible}`,
              },
              {
                  trigger: `.o-autocomplete--dropdown-item:contains(${promise.responsible})`,
                  run: "click",
              },
              {
                  trigger:
                      ".modal .o_selected_row .o_field_widget[name=deadline] button, .modal .o_selected_row .o_field_widget[name=deadline] input",
                  run: "click",
              },
              {
                  trigger: ".modal .o_selected_row .o_field_widget[name=deadline] input",
                  run: `edit ${promise.deadline} && press Enter`,
              },
          ]
        : []),
];

registry.category("web_tour.tours").add("one_entrance_plan_meeting", {
    steps: () => [
        {
            content: "plan a meeting with the actor",
            trigger: "button[name=action_one_entrance_plan_meeting]",
            run: "click",
        },
        {
            content: "Odoo's calendar opens",
            trigger: ".o_calendar_view .scale_button_selection",
            run: "click",
        },
        {
            trigger: ".o_scale_button_month",
            run: "click",
        },
        {
            trigger: ".fc-dayGridMonth-view",
        },
        {
            trigger: ".o_calendar_button_prev",
            run: "click",
        },
        {
            content: "click the tenth of the month before",
            trigger: `body:not(:has(.fc-day-today:not(.fc-day-other))) ${dayOf("10")}`,
            run: () => pressDay(dayOf("10")),
        },
        {
            content: "subject and guests are filled in",
            trigger: ".modal .o_field_widget[name=name] input:value(/Havnen på tur/)",
        },
        {
            trigger: ".modal .o_field_widget[name=partner_ids]:contains(Director, Technology)",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "drag the meeting to the fifteenth",
            trigger: `body:not(:has(.modal)) ${dayOf("10")} .fc-event:contains(Havnen på tur)`,
            run: `drag_and_drop ${dayOf("15")} .fc-daygrid-day-events`,
        },
        {
            content: "it stands on the fifteenth",
            trigger: `${dayOf("15")} .fc-event:contains(Havnen på tur)`,
            run: openMeeting,
        },
        {
            content: "open the event",
            trigger: ".o_cw_popover .o_cw_popover_edit",
            run: "click",
        },
        {
            content: "from the event to the meeting",
            trigger: "button[name=action_one_entrance_meeting]",
            run: "click",
        },
        {
            trigger: "button[name=action_ask_held]",
            run: "click",
        },
        {
            content: "it is asked who was there",
            trigger: ".modal .o_field_widget[name=attendee_ids]:contains(Director, Technology)",
        },
        ...addPoint("Kajen skal uddybes"),
        ...addPoint("Flere praktikpladser", {
            commitment: "Tal med skolerne",
            responsible: "Director",
            deadline: "12/31/2099",
        }),
        {
            content: "leave the line before closing",
            trigger: ".modal .o_field_widget[name=summary]",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_hold]",
            run: "click",
        },
        {
            content: "the meeting is held, with its points",
            trigger: "body:not(:has(.modal)) .o_statusbar_status .o_arrow_button_current:contains(Held)",
        },
        {
            trigger: ".o_field_widget[name=point_ids] .o_data_row:contains(Tal med skolerne)",
        },
    ],
});
