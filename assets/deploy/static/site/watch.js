// For a browser that does not run the page's modules, or to which they did not come: it says so. It is no module itself.
setTimeout(function () {
  if (document.querySelector("[data-testid=stApp][data-starts]")) return;
  var korean = /^ko/.test((/[?&]lang=(\w+)/.exec(location.search) || [0, /\/ko\//.test(location.pathname) ? "ko" : navigator.language])[1]);
  var told = document.getElementById("broken");
  told.textContent = korean
    ? "페이지의 스크립트를 받지 못했거나, 이 브라우저에는 너무 새로운 스크립트입니다. 페이지를 새로 고치고, 그래도 안 되면 브라우저를 업데이트하거나 다른 브라우저로 여세요."
    : "The scripts of this page did not come, or are too new for this browser. Load the page again; if that does not help, update the browser or open the page in another one.";
  told.hidden = false;
}, 10000);
