// What the host itself says, in the reader's language.
import { folder } from "./address.js";

const TEXTS = {
  en: {
    waits: "You see the opening view. What makes it answer is on its way",
    loads: "On its way",
    of: (got, all) => `${got} of ${all} MB`,
    sidebar: "Open or close the sidebar",
    menu: "Pages",
    skip: "Skip to main content",
    large: (name, most) => `${name} is larger than ${most} MB.`,
    broken: "Something went wrong here. Load the page again; if that does not help, start from the first page.",
    silent: "Nothing has come for ten seconds. Look whether you are online; then load the page again.",
    missing: "A file of this page did not come. Look whether you are online; then load the page again.",
    old: "This browser is too old for this page. Update it, or open the page in another one.",
    compiles: "This browser does not run WebAssembly, which this page calculates with. Turn it on in the browser's settings (a lockdown mode turns it off), or open the page in another browser.",
    stopped: "That took too long and was stopped. The page begins again where its link says; a file that you gave has to be given again.",
  },
  ko: {
    waits: "지금은 첫 화면입니다. 움직이는 데 필요한 것을 불러오는 중입니다",
    loads: "불러오는 중입니다",
    of: (got, all) => `${all}MB 중 ${got}MB`,
    sidebar: "사이드바 열기/닫기",
    menu: "페이지",
    skip: "본문으로 건너뛰기",
    large: (name, most) => `${name} 파일이 ${most}MB보다 큽니다.`,
    broken: "문제가 생겼습니다. 페이지를 새로 고치고, 그래도 안 되면 첫 페이지에서 다시 시작하세요.",
    silent: "10초 동안 아무것도 받지 못했습니다. 인터넷에 연결되어 있는지 확인한 뒤 페이지를 새로 고치세요.",
    missing: "이 페이지의 파일 하나를 받지 못했습니다. 인터넷에 연결되어 있는지 확인한 뒤 페이지를 새로 고치세요.",
    old: "이 브라우저는 이 페이지를 열기에 너무 오래되었습니다. 브라우저를 업데이트하거나 다른 브라우저로 여세요.",
    compiles: "이 브라우저는 이 페이지가 계산에 쓰는 WebAssembly를 실행하지 않습니다. 브라우저 설정에서 켜거나(차단 모드가 끄기도 합니다) 다른 브라우저로 여세요.",
    stopped: "너무 오래 걸려 멈췄습니다. 페이지를 링크가 가리키는 곳에서 다시 시작합니다. 올린 파일은 다시 올려 주세요.",
  },
};

export const language = () => {
  const wanted = new URLSearchParams(location.search).get("lang") ?? folder() ?? navigator.language;
  return Object.keys(TEXTS).find((code) => wanted.startsWith(code)) ?? "en";
};
export const said = () => TEXTS[language()];
