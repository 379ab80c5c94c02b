// Offline: all files of one version of the site, kept when it was first opened. An address of a page gets its page.
const VERSION = "@VERSION@";
const FILES = "@FILES@".split(" ");
const NAME = `${registration.scope} ${VERSION}`;

addEventListener("install", (event) => {
  skipWaiting();
  // Pages keep their address from version to version, so what the browser still has of them may be old.
  const fresh = (file) => new Request(file, { cache: file.endsWith(".html") ? "reload" : "default" });
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES.map(fresh))));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// Files of a version have an address of their own, so that a page that is open keeps its version until it is left.
async function forget() {
  if ((await clients.matchAll({ type: "window" })).length > 1) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(`${registration.scope} `) && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
}

const page = (url) => url.pathname.slice(new URL(registration.scope).pathname.length).replace(/\/$|\.html$/, "") || "index";

// Python asks how long a file is before it reads it. As nothing here says that a part can be asked for, it reads the whole.
const lengthOf = async (kept) => new Response(null, { headers: { "Content-Length": (await kept.blob()).size } });

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!["GET", "HEAD"].includes(request.method) || !request.url.startsWith(registration.scope)) return;
  if (request.mode === "navigate") {
    event.waitUntil(forget());
    event.respondWith(caches.open(NAME).then(async (cache) => (await cache.match(`${page(url)}.html`)) ?? (await cache.match("index.html")) ?? fetch(request)));
    return;
  }
  event.respondWith(
    (async () => {
      const kept = await caches.match(request, { ignoreSearch: true, ignoreMethod: true });
      if (kept) return request.method === "HEAD" ? lengthOf(kept) : kept;
      const answer = await fetch(request);
      if (request.method === "GET" && answer.status === 200 && url.pathname.includes(`/${VERSION}/`)) (await caches.open(NAME)).put(request, answer.clone());
      return answer;
    })(),
  );
});
