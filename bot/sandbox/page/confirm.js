/** The "Are you sure?" that an element can ask for before it acts. */

import { plain, textNodes } from "./blocks/text.js";
import { el, freshId } from "./dom.js";
import { topHost } from "./overlay.js";

/** Shows Slack's confirm object; resolves to whether the person went on. */
export function askConfirm(confirm) {
  const id = freshId("confirm");
  const dialog = el("dialog", { class: "dialog dialog-small", "aria-labelledby": id });
  const style = confirm.style === "danger" ? "button-danger" : "button-primary";
  const choose = (answer) => () => dialog.close(answer);
  dialog.append(
    el("h2", { id, class: "dialog-title" }, plain(confirm.title)),
    el("div", { class: "words dialog-words" }, textNodes(confirm.text)),
    el("div", { class: "dialog-foot" }, [
      el(
        "button",
        { type: "button", class: "button", onclick: choose("no") },
        plain(confirm.deny ?? { text: "Cancel" }),
      ),
      el("button", { type: "button", class: `button ${style}`, onclick: choose("yes") }, plain(confirm.confirm)),
    ]),
  );
  topHost().append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
