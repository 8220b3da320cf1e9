/** The shelf of elements: what can stand in an actions block, in an input block, or beside a section. */

import { el } from "../dom.js";
import { button } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { fileInput } from "./file_input.js";
import { picture } from "./image.js";
import { multiSelect } from "./multi_selects.js";
import { overflow } from "./overflow.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { channelsSelect, conversationsSelect, peopleSelect, staticSelect } from "./selects.js";
import { externalSelect } from "./search_select.js";
import { textInput } from "./text_input.js";

const ELEMENTS = {
  button,
  checkboxes,
  radio_buttons: radioButtons,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  static_select: staticSelect,
  external_select: externalSelect,
  users_select: peopleSelect,
  channels_select: channelsSelect,
  conversations_select: conversationsSelect,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  file_input: fileInput,
  overflow,
  image: picture,
};

/** `context` is {surface, block, fieldId?, labelledBy?, describedBy?}; the ids are for the field and what names it. */
export function renderElement(element, context) {
  const render = ELEMENTS[element.type];
  return render
    ? render(element, context)
    : el("span", { class: "unknown" }, `A “${element.type}”. Slack draws it; this sandbox only checks it.`);
}
