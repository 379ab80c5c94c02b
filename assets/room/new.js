// Makes a room, and goes there with the key that leads it behind the # of the address.
import { socket } from "./socket.js";

const texts = JSON.parse(document.getElementById("texts").textContent);
const [says, make] = [document.getElementById("says"), document.getElementById("make")];
const { lang } = document.documentElement;

const line = socket((isRefused) => (says.textContent = isRefused ? texts.no_line : ""), "line")({
  answered: ({ made, key, refused }) => {
    if (made) location.href = `${new URL(made, document.baseURI)}?lang=${lang}#key=${key}`;
    else says.textContent = texts[`refused_${refused}`] ?? "";
  },
  opened: () => (make.disabled = false),
});

make.addEventListener("click", () => line.isOpen() && line.send({ make: texts.query, language: lang }));
