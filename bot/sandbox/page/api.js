/** What the page asks of the sandbox server, one function a question. */

async function post(path, body) {
  try {
    const response = await fetch(`/sandbox/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { ok: false, error: "The sandbox did not answer. Is it still running?" };
  }
}

/** Puts a file into the workspace; answers {ok, file} with Slack's file object. */
export async function upload(person, file) {
  const body = new FormData();
  body.append("person", person);
  body.append("file", file);
  try {
    const response = await fetch("/sandbox/upload", { method: "POST", body });
    return await response.json();
  } catch {
    return { ok: false, error: `${file.name} could not be uploaded.` };
  }
}

async function get(path) {
  const response = await fetch(`/sandbox/${path}`);
  if (!response.ok) throw new Error(`/sandbox/${path} answered ${response.status}`);
  return response.json();
}

/**
 * The whole workspace as `person` sees it; an empty string means the first person there is.
 * `fresh` is a page that was just opened: as in Slack, no ephemeral message outlives that.
 */
export const readState = (person, { fresh }) =>
  get(`state?person=${encodeURIComponent(person)}${fresh ? "&fresh=1" : ""}`);

/** The last calls between the bot and the sandbox, oldest first. */
export const readCalls = () => get("calls");

export const say = (message) => post("say", message);
export const click = (action) => post("click", action);
export const search = (typed) => post("search", typed);
export const submit = (form) => post("submit", form);
export const closeView = (person, viewId) => post("close", { person, view_id: viewId });
export const markRead = (person, channel, ts) => post("read", { person, channel, ts });
export const breakDemo = (broken) => post("demo", { broken });
export const moveClock = (seconds) => post("clock", { seconds });
export const reset = () => post("reset", {});
export const useShortcut = (shortcut) => post("shortcut", shortcut);
export const openHome = (person) => post("home", { person });
export const setFaults = (order) => post("faults", order);
export const troubleSocket = (action) => post("socket", { action });
export const redeliver = () => post("redeliver", {});
