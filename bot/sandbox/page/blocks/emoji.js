/** Emoji names as Slack spells them; a name that is not here stays as it was typed. */

// prettier-ignore
const NAMES = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", clap: "👏", pray: "🙏", wave: "👋", muscle: "💪", raised_hands: "🙌",
  ok_hand: "👌", point_right: "👉", point_left: "👈", point_up: "☝️", point_down: "👇", eyes: "👀", handshake: "🤝", writing_hand: "✍️",
  smile: "😄", smiley: "😃", grinning: "😀", slightly_smiling_face: "🙂", wink: "😉", blush: "😊", joy: "😂", thinking_face: "🤔",
  neutral_face: "😐", cry: "😢", sob: "😭", sweat_smile: "😅", sunglasses: "😎", heart_eyes: "😍", scream: "😱", sleeping: "😴",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", heavy_multiplication_x: "✖️",
  negative_squared_cross_mark: "❎", warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑", question: "❓",
  grey_question: "❔", exclamation: "❗", heavy_exclamation_mark: "❗", information_source: "ℹ️", bangbang: "‼️", hundred: "💯", 100: "💯",
  large_green_circle: "🟢", red_circle: "🔴", white_circle: "⚪", black_circle: "⚫", large_yellow_circle: "🟡",
  large_orange_circle: "🟠", large_blue_circle: "🔵", blue_circle: "🔵", large_purple_circle: "🟣", large_brown_circle: "🟤",
  large_green_square: "🟩", large_red_square: "🟥", large_yellow_square: "🟨", large_blue_square: "🟦", white_large_square: "⬜",
  black_large_square: "⬛", small_blue_diamond: "🔹", small_orange_diamond: "🔸", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  watch: "⌚", alarm_clock: "⏰", stopwatch: "⏱️", clock1: "🕐", clock9: "🕘", calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️",
  pushpin: "📌", round_pushpin: "📍", paperclip: "📎", link: "🔗", lock: "🔒", unlock: "🔓", key: "🔑", bell: "🔔", no_bell: "🔕",
  mag: "🔍", bulb: "💡", wrench: "🔧", hammer: "🔨", hammer_and_wrench: "🛠️", gear: "⚙️", package: "📦", memo: "📝", pencil: "✏️",
  pencil2: "✏️", clipboard: "📋", page_facing_up: "📄", book: "📖", books: "📚", bookmark: "🔖", file_folder: "📁",
  open_file_folder: "📂", inbox_tray: "📥", outbox_tray: "📤", email: "📧", envelope: "✉️", speech_balloon: "💬",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", computer: "💻", iphone: "📱", globe_with_meridians: "🌐",
  robot_face: "🤖", bug: "🐛", rocket: "🚀", fire: "🔥", boom: "💥", zap: "⚡", sparkles: "✨", star: "⭐", star2: "🌟", tada: "🎉",
  confetti_ball: "🎊", trophy: "🏆", medal: "🏅", first_place_medal: "🥇", checkered_flag: "🏁", triangular_flag_on_post: "🚩",
  dart: "🎯", heart: "❤️", green_heart: "💚", broken_heart: "💔", coffee: "☕", beer: "🍺", cake: "🍰", pizza: "🍕", apple: "🍎",
  palm_tree: "🌴", house: "🏠", office: "🏢", car: "🚗", bus: "🚌", airplane: "✈️", hospital: "🏥", face_with_thermometer: "🤒",
  sunny: "☀️", cloud: "☁️", rain_cloud: "🌧️", snowflake: "❄️", rainbow: "🌈", seedling: "🌱", evergreen_tree: "🌲", dog: "🐶", cat: "🐱",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrow_forward: "▶️", arrow_backward: "◀️",
  arrows_counterclockwise: "🔄", leftwards_arrow_with_hook: "↩️", fast_forward: "⏩", double_vertical_bar: "⏸️", black_square_for_stop: "⏹️",
  construction: "🚧", rotating_light: "🚨", ambulance: "🚑", recycle: "♻️", new: "🆕", up: "🆙", soon: "🔜", sos: "🆘", ok: "🆗",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", six: "6️⃣", seven: "7️⃣", eight: "8️⃣", nine: "9️⃣", keycap_ten: "🔟", zero: "0️⃣",
};

/** The emoji called `name` (without colons), or null. */
export const emoji = (name) => (Object.hasOwn(NAMES, name) ? NAMES[name] : null);

/** `text` with each known `:name:` replaced. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (typed, name) => emoji(name) ?? typed);
}

/** Names that begin with `start`, for completion. */
export function emojiStartingWith(start, limit) {
  const names = Object.keys(NAMES).filter((name) => name.startsWith(start));
  return names.slice(0, limit).map((name) => ({ name, emoji: NAMES[name] }));
}
