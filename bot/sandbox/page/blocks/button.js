/** Buttons. */

import { el } from "../dom.js";
import { act } from "./action.js";
import { plain } from "./text.js";

const SAFE_URL = /^https?:/i;

export function button(element, { surface, block }) {
  const style = element.style ? ` button-${element.style}` : "";
  const node = el(
    "button",
    { type: "button", class: `button${style}`, "aria-label": element.accessibility_label },
    plain(element.text),
  );
  node.addEventListener("click", () => press(node, element, { surface, block, node }));
  return node;
}

async function press(node, element, context) {
  if (node.getAttribute("aria-busy")) return;
  const sent = await act(context, element, { text: element.text, value: element.value, style: element.style });
  if (sent && SAFE_URL.test(element.url ?? "")) window.open(element.url, "_blank", "noopener");
}
