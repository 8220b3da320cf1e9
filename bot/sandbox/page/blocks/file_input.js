/** A place for files: chosen, or dropped. */

import { upload } from "../api.js";
import { el, fill } from "../dom.js";
import { sizeOf } from "../files.js";
import { icon } from "../icons.js";
import { state } from "../store.js";
import { addField } from "./surface.js";

// https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
const MOST = 10; // files
const MOST_BYTES = 10_000_000; // a file

export function fileInput(element, { surface, block, fieldId, labelledBy, describedBy }) {
  const most = element.max_files ?? MOST;
  const kinds = element.filetypes ?? [];
  const input = el("input", {
    id: fieldId,
    type: "file",
    multiple: most > 1,
    accept: kinds.map((kind) => `.${kind}`).join(",") || null,
    "aria-labelledby": labelledBy,
    "aria-describedby": describedBy,
  });
  const list = el("ul", { class: "file-list", "aria-live": "polite" });
  const node = el("div", { class: "drop" }, invitation(most, kinds, input), list);
  let files = [];

  const read = () => ({ files });
  const write = (part) => {
    files = part.files ?? [];
    show();
  };
  const show = (...refusals) => {
    const rows = files.map((file) => row(file, () => write({ files: files.filter((one) => one !== file) })));
    fill(list, rows, refusals.map(refusalRow));
  };
  async function take(chosen) {
    const { wanted, refusals } = sorted([...chosen], { kinds, room: most - files.length, most });
    node.setAttribute("aria-busy", "true");
    const answers = await Promise.all(wanted.map((file) => upload(state.person, file)));
    node.removeAttribute("aria-busy");
    files = [...files, ...answers.filter(({ ok }) => ok).map(({ file }) => file)];
    show(...refusals, ...answers.filter(({ ok }) => !ok).map(({ error }) => error));
  }

  addField(surface, block, element, { read, write });
  input.addEventListener("change", () => {
    take(input.files);
    input.value = ""; // so that the same file can be chosen again
  });
  takeDrops(node, take);
  return node;
}

function invitation(most, kinds, input) {
  const words = most > 1 ? "Choose files, or drop them here" : "Choose a file, or drop it here";
  const only = kinds.length > 0 && el("span", { class: "quiet" }, `Only ${kinds.join(", ")}`);
  return el("label", {}, icon("file"), el("span", {}, words), only, input);
}

/** What of `chosen` may be uploaded, and a sentence for each file that may not. */
function sorted(chosen, { kinds, room, most }) {
  const refusals = [];
  const wanted = chosen.filter((file) => {
    const sentence = complaint(file, kinds);
    if (sentence) refusals.push(sentence);
    return !sentence;
  });
  if (wanted.length > room) refusals.push(`No more than ${most} ${most === 1 ? "file" : "files"} here. Remove one first.`);
  return { wanted: wanted.slice(0, Math.max(room, 0)), refusals };
}

function complaint({ name, size }, kinds) {
  const kind = name.includes(".") ? name.split(".").at(-1).toLowerCase() : "";
  if (kinds.length && !kinds.includes(kind)) return `${name} can't be used here, only ${kinds.join(", ")}.`;
  return size > MOST_BYTES ? `${name} is larger than 10 MB, the most Slack takes in a form.` : null;
}

function takeDrops(node, take) {
  const mark = (over) => node.classList.toggle("over", over);
  node.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  node.addEventListener("dragleave", () => mark(false));
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    node.dispatchEvent(new Event("input", { bubbles: true })); // as if chosen: an error on the field goes
    take(event.dataTransfer.files);
  });
}

function row(file, remove) {
  return el("li", {}, [
    el("span", {}, file.name),
    el("span", { class: "quiet" }, sizeOf(file)),
    el(
      "button",
      { type: "button", class: "bare", "aria-label": `Remove ${file.name}`, onclick: remove },
      icon("close"),
    ),
  ]);
}

const refusalRow = (sentence) => el("li", { class: "refusal" }, sentence);
