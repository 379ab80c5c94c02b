// What the host itself says, in the reader's language: assets/text/*/site.toml, which the build puts in.
import { folder } from "./address.js";
import { closest, texts } from "texts-of-the-host";

export const language = () => {
  const asked = new URLSearchParams(location.search).get("lang") ?? folder();
  if (asked in texts) return asked;
  const own = navigator.language.split("-")[0];
  return closest.includes(own) ? own : "en";
};
export const said = (key, values = {}) => texts[language()][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
