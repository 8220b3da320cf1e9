/** The line to the server: one stream of changes, opened again whenever it breaks. */

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;

/**
 * Follows the changes that `person` may see.
 * `onOpen` is awaited at every (re)connection, and changes that arrive meanwhile wait for it: it reads the snapshot.
 * Returns a function that hangs up.
 */
export function follow(person, { onOpen, onChange, onLost }) {
  let source;
  let timer;
  let delay = FIRST_RETRY_MS;

  function connect() {
    let waiting = [];
    const mine = new EventSource(`/sandbox/live?person=${encodeURIComponent(person)}`);
    source = mine;
    mine.onmessage = ({ data }) => (waiting ? waiting.push(JSON.parse(data)) : onChange(JSON.parse(data)));
    mine.onopen = async () => {
      try {
        await onOpen();
      } catch {
        return lost(mine);
      }
      if (source !== mine) return undefined;
      delay = FIRST_RETRY_MS;
      waiting.forEach(onChange);
      waiting = null;
      return undefined;
    };
    mine.onerror = () => lost(mine);
  }

  function lost(mine) {
    if (source !== mine) return;
    hangUp();
    onLost();
    timer = setTimeout(connect, delay);
    delay = Math.min(delay * 2, LAST_RETRY_MS);
  }

  function hangUp() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  connect();
  return hangUp;
}
