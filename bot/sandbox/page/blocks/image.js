/** Images: described, not loaded, because the sandbox asks nothing of other servers. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "./text.js";

/** A small image beside a section or in a context line. */
export function picture(element) {
  const own = ownPicture(element.image_url, element.alt_text, "picture");
  return (
    own ??
    el(
      "span",
      { class: "picture picture-gone", role: "img", "aria-label": element.alt_text, title: element.image_url },
      icon("file"),
    )
  );
}

/** An image block. */
export function image(block) {
  const own = ownPicture(block.image_url, block.alt_text, "image");
  return el("figure", { class: "figure" }, [
    block.title && el("figcaption", {}, plain(block.title)),
    own ??
      el("div", { class: "image-gone", role: "img", "aria-label": block.alt_text }, [
        icon("file"),
        el("span", {}, block.alt_text),
        el("span", { class: "quiet" }, "The sandbox loads no pictures from elsewhere."),
      ]),
  ]);
}

function ownPicture(url, alt, name) {
  const own = /^data:image\//.test(url ?? "") || (url ?? "").startsWith(`${location.origin}/`);
  return own ? el("img", { class: name, src: url, alt, loading: "lazy" }) : null;
}
