// A line over a websocket of the server that the page comes from, at an address beside that of the page.
const FIRST = 500; // ms until a line that broke is opened again; twice as long each time
const LONGEST = 16_000;
const TRIES = 3; // without success until it counts as refused

// `refused` is called when the line can't be opened, and with false when it can after all.
export const socket = (refused, path = "line") => ({ answered, opened }) => {
  let [open, wait, failed] = [null, FIRST, 0];

  function connect() {
    const address = new URL(path, document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    socket.onopen = () => {
      [open, wait, failed] = [socket, FIRST, 0];
      refused(false);
      opened();
    };
    socket.onmessage = ({ data }) => answered(JSON.parse(data));
    socket.onclose = () => {
      if (open !== socket && ++failed === TRIES) refused(true);
      open = null;
      setTimeout(connect, wait);
      wait = Math.min(2 * wait, LONGEST);
    };
  }
  connect();
  return { isOpen: () => open?.readyState === WebSocket.OPEN, send: (report) => open.send(JSON.stringify(report)) };
};
