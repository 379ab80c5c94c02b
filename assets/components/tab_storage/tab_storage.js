// Stores the record of lessons for this tab, and gives it back to a session that has none.
const NAME = "lstm.record";
const given = new WeakSet(); // so that the record is given back once, not on every update of the page

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
    setTriggerValue("stored", stored);
  } catch {
    // A browser may forbid storage, or have none left: then nothing outlives a reload.
  }
}
