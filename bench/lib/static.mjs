// The shell of every contestant: page, script and worker, on the origin of its own server so that no preflight distorts the count.
// COOP and COEP give a performance.now() of five microseconds.
import fs from 'node:fs'
import path from 'node:path'

const PAGE = `<!doctype html><html lang="da"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><title>bench</title><h1>bench</h1><ul id="list"></ul><script src="/client.js" defer></script></html>`
const WORKER = `const SHELL='shell',FILES=['/','/client.js','/empty.html','/empty.js'];
self.addEventListener('install',e=>e.waitUntil(caches.open(SHELL).then(c=>c.addAll(FILES)).then(()=>self.skipWaiting())));
self.addEventListener('activate',e=>e.waitUntil(self.clients.claim()));
self.addEventListener('fetch',e=>{const u=new URL(e.request.url);
if(e.request.method==='GET'&&FILES.includes(u.pathname))e.respondWith(caches.match(u.pathname).then(r=>r||fetch(e.request)))});`

/* What any page costs: the same shell and nothing in it. */
const EMPTY = PAGE.replace('client.js', 'empty.js')
const NOTHING = `window.bench={listed:new Promise(done=>requestAnimationFrame(()=>requestAnimationFrame(()=>done({n:50,t:performance.now()}))))}`

/** Lays a contestant's shell into `folder`: the page, its script, the worker, and an empty page beside them. */
export function lay(folder, script) {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'index.html'), PAGE)
  fs.writeFileSync(path.join(folder, 'sw.js'), WORKER)
  fs.writeFileSync(path.join(folder, 'client.js'), script)
  fs.writeFileSync(path.join(folder, 'empty.html'), EMPTY)
  fs.writeFileSync(path.join(folder, 'empty.js'), NOTHING)
}

const HEADERS = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cache-Control': 'no-cache' }
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' }

/** Answers for one of the shell's files; false when the request asks for something else. */
export function serveStatic(req, res, folder) {
  const name = req.url.split('?')[0].slice(1) || 'index.html'
  if (req.method !== 'GET' || !/^(index\.html|client\.js|sw\.js|empty\.html|empty\.js)$/.test(name)) return false
  res.writeHead(200, { ...HEADERS, 'Content-Type': TYPES[path.extname(name)] })
  res.end(fs.readFileSync(path.join(folder, name)))
  return true
}
