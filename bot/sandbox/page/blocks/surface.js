/** What a message, a modal and the Home tab have in common: blocks, the fields in them, and where clicks go. */

/**
 * `kind` is "message", "modal" or "home"; `send` delivers one action and answers {ok, error?}; `search` asks what a
 * menu offers for what was typed, and answers {ok, options?, option_groups?}.
 * `fields` are the inputs in it: {block, element, read, write}.
 */
export function createSurface(kind, send, search) {
  return { kind, send, search, fields: [] };
}

/** Makes an input known: `read()` gives its part of Slack's state, `write(part)` puts one back. */
export function addField(surface, block, element, { read, write }) {
  surface.fields.push({ block, element, read, write });
}

/** Slack's `state.values`: block id -> action id -> {type, ...}. */
export function valuesOf(surface) {
  const values = {};
  for (const { block, element, read } of surface.fields) {
    values[block.block_id] ??= {};
    values[block.block_id][element.action_id] = { type: element.type, ...read() };
  }
  return values;
}

/** Forgets a block's fields; returns a function that puts what was typed into the fields that took their place. */
export function forgetFields(surface, blockId) {
  const old = surface.fields.filter(({ block }) => block.block_id === blockId);
  const typed = old.map(({ element, read }) => ({ element, part: read() }));
  surface.fields = surface.fields.filter((field) => !old.includes(field));
  return () => {
    for (const { element, part } of typed) {
      // Slack keeps what was typed when block_id and action_id stay the same, whatever the new view starts with.
      fieldFor(surface, blockId, element)?.write(part);
    }
  };
}

export const hasFields = (surface, block) => surface.fields.some((field) => field.block === block);

function fieldFor(surface, blockId, { type, action_id: actionId }) {
  return surface.fields.find(
    ({ block, element }) => block.block_id === blockId && element.action_id === actionId && element.type === type,
  );
}
