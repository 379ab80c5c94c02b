// The words of code in colours: Prism's, as on a server, for the languages that the pages show.
import Prism from "prismjs/components/prism-core";
import "prismjs/components/prism-markup";
import "prismjs/components/prism-python";
import { escaped } from "./text.js";

export function coloured(code, language) {
  const grammar = Prism.languages[language];
  return grammar ? Prism.highlight(code, grammar, language) : escaped(code);
}
