/** The small square that stands for a person or an app. */

import { el } from "./dom.js";

/** A picture of `author` (a person or an app), 20, 24 or 36 pixels wide; decoration, because the name is beside it. */
export function avatar(author, size = 36) {
  if (author.isApp) return el("img", { class: `avatar avatar-${size}`, src: "/page/onewip.svg", alt: "" });
  if (author.picture) return el("img", { class: `avatar avatar-${size}`, src: author.picture, alt: "" });
  const node = el(
    "span",
    { class: `avatar avatar-${size}`, "aria-hidden": "true" },
    author.initials ?? author.name.slice(0, 1),
  );
  node.style.background = author.color ?? "var(--ink-2)";
  return node;
}
