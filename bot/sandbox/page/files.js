/** Files of a message, each a card that downloads it. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { state } from "./store.js";

/** How large a file is, for people. */
export const sizeOf = ({ size }) => (size < 1024 ? `${size} B` : `${Math.round(size / 1024)} kB`);

export function fileCards(files) {
  return el("ul", { class: "files", "aria-label": "Files" }, [...files.map((file) => el("li", {}, card(file)))]);
}

function card(file) {
  const place = `/sandbox/files/${file.id}/${encodeURIComponent(file.name)}`;
  const href = `${place}?person=${encodeURIComponent(state.person)}`;
  const what = `${file.pretty_type} · ${sizeOf(file)}`;
  return el("a", { class: "file-card", href, download: file.name, "aria-label": `Download ${file.name}, ${what}` }, [
    el("span", { class: "file-kind" }, icon("file")),
    el("span", { class: "file-words" }, el("b", {}, file.title), el("span", { class: "quiet" }, what)),
    icon("download"),
  ]);
}
