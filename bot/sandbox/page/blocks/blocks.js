/** The shelf of blocks, and how a new list of blocks takes the place of an old one without a flicker. */

import { el } from "../dom.js";
import { alert } from "./alert.js";
import { chart } from "./charts.js";
import { image } from "./image.js";
import { actions, context, divider, header, input, section } from "./layout.js";
import { markdown } from "./markdown.js";
import { richText } from "./rich_text.js";
import { forgetFields, hasFields } from "./surface.js";
import { table } from "./table.js";

const BLOCKS = {
  section,
  header,
  context,
  divider,
  actions,
  input,
  image,
  rich_text: richText,
  table,
  markdown,
  alert,
  data_visualization: chart,
};

const drawn = new WeakMap(); // block node -> {block, content}: what it shows

/**
 * Makes `container` show `blocks`. A block that did not change keeps its node, and with it focus and what was typed.
 * In a modal, what was typed survives a changed block too, as in Slack.
 */
export function showBlocks(container, blocks, surface) {
  const focus = focusIn(container);
  const old = new Set([...container.children].filter((node) => drawn.has(node)));
  const nodes = blocks.map((block) => {
    const node = unchanged(old, block, surface);
    old.delete(node);
    return node ?? draw({ ...block }, surface);
  });
  dropFields(old, blocks, surface);
  place(container, nodes);
  restoreFocus(focus, container);
}

/**
 * The node that already shows `block`. A block whose id the bot left open has a new id in each update: its node is kept
 * and renamed, so that a click that has begun on it still counts. A field with a new id is a new, empty field in Slack.
 */
function unchanged(old, block, surface) {
  const content = contentOf(block);
  const alike = [...old].filter((node) => drawn.get(node).content === content);
  const same = alike.find((node) => drawn.get(node).block.block_id === block.block_id);
  const renamed = same ?? alike.find((node) => !hasFields(surface, drawn.get(node).block));
  if (!renamed) return null;
  drawn.get(renamed).block.block_id = block.block_id;
  renamed.dataset.block = block.block_id;
  return renamed;
}

const contentOf = (block) => JSON.stringify({ ...block, block_id: null });

function draw(block, surface) {
  const putBack = forgetFields(surface, block.block_id);
  const node = el("div", { class: `block block-${block.type}`, "data-block": block.block_id });
  node.append((BLOCKS[block.type] ?? unknown)(block, surface));
  drawn.set(node, { block, content: contentOf(block) });
  if (surface.kind === "modal") putBack();
  return node;
}

function dropFields(gone, blocks, surface) {
  const ids = new Set(blocks.map((block) => block.block_id));
  for (const node of gone) {
    if (!ids.has(node.dataset.block)) forgetFields(surface, node.dataset.block);
  }
}

// Moving a node in the document takes its focus away, so only what is not yet in place is touched.
function place(container, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...container.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (container.children[at] !== node) container.insertBefore(node, container.children[at] ?? null);
  });
}

function focusIn(container) {
  const node = document.activeElement;
  if (!container.contains(node)) return null;
  const block = node.closest("[data-block]");
  const at = block ? focusable(block).indexOf(node) : -1;
  const place = [...container.children].indexOf(block);
  return { node, block: block?.dataset.block, place, at, from: node.selectionStart, to: node.selectionEnd };
}

function restoreFocus(focus, container) {
  if (!focus || focus.node.isConnected) return;
  // A block whose id the bot left open gets a new one with each update; it is then known by its place.
  const block =
    [...container.children].find((one) => one.dataset.block === focus.block) ?? container.children[focus.place];
  const node = block && focusable(block)[focus.at];
  node?.focus({ preventScroll: true });
  if (node?.setSelectionRange && typeof focus.from === "number") node.setSelectionRange(focus.from, focus.to);
}

const focusable = (node) => [...node.querySelectorAll("a[href], button, input, select, textarea")];

function unknown(block) {
  return el("p", { class: "unknown" }, `A “${block.type}” block. Slack draws it; this sandbox only checks it.`);
}
