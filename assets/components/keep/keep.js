// Keeps the record of lessons in this tab's own storage, and gives it back to a session that has none.
const NAME = "lstm.record";
const given = new WeakSet(); // once for each time that the session turns out to have none

export default function ({ data, parentElement, setTriggerValue }) {
  const [record] = data ?? [""];
  try {
    if (record) {
      given.delete(parentElement);
      sessionStorage.setItem(NAME, record);
      return;
    }
    const stored = sessionStorage.getItem(NAME);
    if (!stored || given.has(parentElement)) return;
    given.add(parentElement);
    setTriggerValue("kept", stored);
  } catch {
    // A browser may forbid storage, or have none left: then nothing outlives a reload.
  }
}
