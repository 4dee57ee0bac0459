// express-pouchdb 4.2.0 (what `pouchdb-server` 4.2.0 wraps) over pouchdb-node 9 / leveldown 6, one process.
// Mode 'minimumForPouchDB' = the leanest middleware stack (no request log file), gzip middleware as shipped.
// As shipped LevelDB does NOT fsync writes. LEVEL_SYNC=1 turns on {sync:true} for every batch,
// which is what Apache CouchDB 3 does on each _bulk_docs.
const http = require('node:http'), path = require('node:path');
if (process.env.LEVEL_SYNC === '1') {
  for (const m of ['leveldown']) for (const base of [require.resolve('pouchdb-node'), require.resolve('express-pouchdb')]) {
    let L; try { L = require(require.resolve(m, { paths: [path.dirname(base)] })); } catch { continue; }
    if (L.prototype.__sync) continue; L.prototype.__sync = true;
    for (const f of ['_batch', '_put']) { const o = L.prototype[f]; L.prototype[f] = f === '_batch' ? function (ops, opt, cb) { return o.call(this, ops, { ...opt, sync: true }, cb); } : function (k, v, opt, cb) { return o.call(this, k, v, { ...opt, sync: true }, cb); }; }
  }
}
const PouchDB = require('pouchdb-node');
const [, , port, dir, pages] = process.argv;
const P = PouchDB.defaults({ prefix: dir.replace(/\/?$/, '/') });
const app = require('express-pouchdb')(P, { mode: 'minimumForPouchDB', configPath: path.join(dir, 'config.json'), logPath: path.join(dir, 'log.txt') });
const main = new P('visits');
const zlib = require('node:zlib');
import('../../lib/static.mjs').then(({ serveStatic }) => {
  const server = http.createServer(async (req, res) => {
    if (serveStatic(req, res, pages)) return;
    // the id/rev list that Medic CHT's own API adds on top of CouchDB (webapp/src/ts/services/replication.service.ts)
    if (req.url === '/api/v1/replication/get-ids') {
      const r = await main.allDocs();
      const b = zlib.gzipSync(JSON.stringify({ doc_ids_revs: r.rows.filter((x) => !x.id.startsWith('_design')).map((x) => ({ id: x.id, rev: x.value.rev })) }));
      res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }); return res.end(b);
    }
    app(req, res);
  });
  server.keepAliveTimeout = 65000;
  main.info().then(() => server.listen(+port, '127.0.0.1'));
});
process.on('SIGTERM', () => process.exit(0));
