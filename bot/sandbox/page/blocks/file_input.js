/** A place for files: chosen, or dropped. */

import { upload } from "../api.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { state } from "../store.js";
import { addField } from "./surface.js";

const MOST = 10; // files; https://docs.slack.dev/reference/block-kit/block-elements/file-input-element

export function fileInput(element, { surface, block, fieldId, labelledBy, describedBy }) {
  const most = element.max_files ?? MOST;
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const input = el("input", {
    id: fieldId,
    type: "file",
    multiple: most > 1,
    accept,
    "aria-labelledby": labelledBy,
    "aria-describedby": describedBy,
  });
  const list = el("ul", { class: "file-list", "aria-live": "polite" });
  const node = el(
    "div",
    { class: "drop" },
    el(
      "label",
      {},
      icon("file"),
      el("span", {}, most > 1 ? "Choose files, or drop them here" : "Choose a file, or drop it here"),
      input,
    ),
    list,
  );
  let files = [];

  const show = () =>
    fill(
      list,
      files.map((file, at) => row(file, () => remove(at))),
    );
  const remove = (at) => {
    files = files.filter((_, place) => place !== at);
    show();
  };
  const write = (part) => {
    files = part.files ?? [];
    show();
  };
  async function take(chosen) {
    const answers = await Promise.all([...chosen].slice(0, most).map((file) => upload(state.person, file)));
    files = [...files, ...answers.filter(({ ok }) => ok).map(({ file }) => file)].slice(-most);
    show();
    const failed = answers.find(({ ok }) => !ok);
    if (failed) list.append(el("li", { class: "error" }, failed.error));
  }

  addField(surface, block, element, { read: () => ({ files }), write });
  input.addEventListener("change", () => take(input.files));
  node.addEventListener("dragover", (event) => event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  return node;
}

function row(file, remove) {
  const size = file.size < 1024 ? `${file.size} B` : `${Math.round(file.size / 1024)} kB`;
  return el("li", {}, [
    el("span", {}, file.name),
    el("span", { class: "quiet" }, size),
    el(
      "button",
      { type: "button", class: "bare", "aria-label": `Remove ${file.name}`, onclick: remove },
      icon("close"),
    ),
  ]);
}
