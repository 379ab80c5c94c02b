// For a browser that does not run the page's modules, or to which they did not come: it says so. It is no module itself.
setTimeout(function () {
  if (document.querySelector("[data-testid=stApp][data-starts]")) return;
  var texts = "@SCRIPTS@";
  var asked = (/[?&]lang=(\w+)/.exec(location.search) || [])[1];
  var folder = document.documentElement.lang === "en" ? "" : document.documentElement.lang;
  var told = document.getElementById("broken");
  told.textContent = texts[asked] || texts[folder] || texts[navigator.language.split("-")[0]] || texts.en;
  told.hidden = false;
}, 10000);
