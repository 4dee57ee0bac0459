// Minimal durable sync endpoint for the peers that bring no server of their own (RxDB, Dexie).
// better-sqlite3, WAL, synchronous=FULL (each HTTP push = ONE fsync'd transaction), gzip level 1 responses.
//   node lib/sqlite-server.mjs <port> <dir> <pages>
//   GET  /rx/pull?seq=&limit=   RxDB HTTP replication (checkpoint = {seq})       POST /rx/push  [{newDocumentState, assumedMasterState}]
//   GET  /api/pull?seq=&limit=  plain                                             POST /api/push [record, …]
//   GET  /count   POST /seed
import http from 'node:http';
import zlib from 'node:zlib';
import path from 'node:path';
import Database from 'better-sqlite3';
import { serveStatic } from './static.mjs';
const [, , port, dir, pages] = process.argv;
const db = new Database(path.join(dir, 'srv.db'));
db.pragma('journal_mode=WAL'); db.pragma(`synchronous=${process.env.SYNC || 'FULL'}`);
db.exec('CREATE TABLE IF NOT EXISTS visits(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, doc TEXT NOT NULL)');
const ins = db.prepare('INSERT INTO visits(id,doc) VALUES(?,?)');
const get = db.prepare('SELECT doc FROM visits WHERE id=?');
const del = db.prepare('DELETE FROM visits WHERE id=?');
const since = db.prepare('SELECT seq,doc FROM visits WHERE seq>? ORDER BY seq LIMIT ?');
const cnt = db.prepare('SELECT count(*) n FROM visits');
const put = (r) => { del.run(r.id); ins.run(r.id, JSON.stringify(r)); };     // new seq on every change
const pushPlain = db.transaction((rows) => { for (const r of rows) put(r); });
const pushRx = db.transaction((rows) => {
  const conflicts = [];
  for (const { newDocumentState: n, assumedMasterState: a } of rows) {
    const cur = get.get(n.id);
    if (cur && (!a || JSON.parse(cur.doc).made_at !== a.made_at)) { conflicts.push(JSON.parse(cur.doc)); continue; }
    put(n);
  }
  return conflicts;
});
const body = (req) => new Promise((res, rej) => { const c = []; req.on('data', (d) => c.push(d)); req.on('end', () => { let b = Buffer.concat(c); if (req.headers['content-encoding'] === 'gzip') b = zlib.gunzipSync(b); res(JSON.parse(b)); }); req.on('error', rej); });
function reply(req, res, text) {
  const b = Buffer.from(text), h = { 'Content-Type': 'application/json' };
  if (b.length < 1024 || !/gzip/.test(req.headers['accept-encoding'] || '')) { res.writeHead(200, { ...h, 'Content-Length': b.length }); return res.end(b); }
  zlib.gzip(b, { level: 1 }, (_, z) => { res.writeHead(200, { ...h, 'Content-Encoding': 'gzip', 'Content-Length': z.length }); res.end(z); });
}
const server = http.createServer(async (req, res) => {
  try {
    if (serveStatic(req, res, pages)) return;
    const u = new URL(req.url, 'http://x');
    if (u.pathname === '/rx/pull' || u.pathname === '/api/pull') {
      const rows = since.all(+(u.searchParams.get('seq') || 0), +(u.searchParams.get('limit') || 1000));
      const seq = rows.length ? rows[rows.length - 1].seq : +(u.searchParams.get('seq') || 0);
      const docs = '[' + rows.map((r) => r.doc).join(',') + ']';
      return reply(req, res, u.pathname === '/rx/pull' ? `{"documents":${docs},"checkpoint":{"seq":${seq}}}` : `{"seq":${seq},"docs":${docs}}`);
    }
    if (u.pathname === '/rx/push') return reply(req, res, JSON.stringify(pushRx(await body(req))));
    if (u.pathname === '/api/push' || u.pathname === '/seed') { const b = await body(req); pushPlain(b); return reply(req, res, `{"ok":${b.length},"seq":${0}}`); }
    if (u.pathname === '/count') return reply(req, res, JSON.stringify(cnt.get()));
    res.writeHead(404); res.end();
  } catch (e) { res.writeHead(500); res.end(String(e)); }
});
server.keepAliveTimeout = 65000;
server.listen(+port, '127.0.0.1');
process.on('SIGTERM', () => { db.close(); process.exit(0); });
