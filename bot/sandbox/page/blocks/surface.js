/** What a message, a modal and the Home tab have in common: blocks, the fields in them, and where clicks go. */

/**
 * `kind` is "message", "modal" or "home"; `send` delivers one action and answers {ok, error?}.
 * `fields` maps a field's key to {blockId, actionId, type, read, write}.
 */
export function createSurface(kind, send) {
  return { kind, send, fields: new Map() };
}

const keyOf = (blockId, actionId) => `${blockId}\n${actionId}`;

/** Makes an input known: `read()` gives its part of Slack's state, `write(part)` puts one back. */
export function addField(surface, block, element, field) {
  surface.fields.set(keyOf(block.block_id, element.action_id), {
    blockId: block.block_id,
    actionId: element.action_id,
    type: element.type,
    ...field,
  });
}

/** Slack's `state.values`: block id -> action id -> {type, ...}. */
export function valuesOf(surface) {
  const values = {};
  for (const field of surface.fields.values()) {
    values[field.blockId] ??= {};
    values[field.blockId][field.actionId] = { type: field.type, ...field.read() };
  }
  return values;
}

/** Forgets a block's fields; returns a function that puts what was typed into the fields that took their place. */
export function forgetFields(surface, blockId) {
  const old = [...surface.fields].filter(([, field]) => field.blockId === blockId);
  const typed = old.map(([key, field]) => [key, field.type, field.read()]);
  old.forEach(([key]) => surface.fields.delete(key));
  return () => {
    for (const [key, type, part] of typed) {
      const field = surface.fields.get(key);
      // Slack keeps what was typed when block_id and action_id stay the same, whatever the new view starts with.
      if (field?.type === type) field.write(part);
    }
  };
}
