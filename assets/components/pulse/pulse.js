// Asks for the next slice of work once the last one is on screen. With the page it goes, and nothing is asked any more.
const PATIENCE = 4000; // ms until a request counts as lost
const timers = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const [beat, pause] = data;
  const ask = () => {
    setTriggerValue("beat", beat);
    timers.set(parentElement, setTimeout(ask, PATIENCE));
  };
  clearTimeout(timers.get(parentElement));
  if (pause !== null) timers.set(parentElement, setTimeout(ask, pause));
  return () => {
    if (!parentElement.isConnected) clearTimeout(timers.get(parentElement));
  };
}
