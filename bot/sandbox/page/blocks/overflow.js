/** The "…" button with a few more choices behind it. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { act } from "./action.js";
import { plain } from "./text.js";

const SAFE_URL = /^https?:/i;

export function overflow(element, { surface, block }) {
  const node = el(
    "button",
    { type: "button", class: "button button-icon", "aria-label": "More", "aria-haspopup": "menu" },
    icon("more"),
  );
  const choose = async (option) => {
    const sent = await act({ surface, block, node }, element, { selected_option: option });
    if (sent && SAFE_URL.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
  };
  const items = element.options.map((option) => ({
    text: plain(option.text),
    more: option.description && plain(option.description),
    choose: () => choose(option),
  }));
  node.addEventListener("click", () => openMenu(node, items));
  return node;
}
