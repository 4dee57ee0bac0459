import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from '../../lib/proc.mjs';
import { api, agentPush } from '../../lib/http.mjs';
const here = path.dirname(fileURLToPath(import.meta.url));
const toDoc = ({ id, ...r }) => ({ _id: id, ...r });
const json = { 'content-type': 'application/json' };
let rev = 0;
const edit = (r) => ({ ...toDoc(r), _rev: `1-${(++rev).toString(16).padStart(32, 'a')}`, _revisions: { start: 1, ids: [rev.toString(16).padStart(32, 'a')] } });
export default {
  name: 'pouchdb', client: path.join(here, 'client.js'), library: path.join(here, 'lib-only.js'),
  variants: {
    pouchdb: {}, 'pouchdb-b1000': { q: 'batch=1000', only: ['W2', 'W2n', 'W3', 'W3n'] }, 'pouchdb-cht': { q: 'mode=cht', only: ['W3', 'W3n', 'W5', 'W5n'] },
    'pouchdb-fsync': { env: { LEVEL_SYNC: '1' }, only: ['W2', 'W6'] },
  },
  start: (o) => start(process.execPath, [path.join(here, 'server.cjs'), o.port, o.dir, o.pages], { port: o.port, path: '/visits', log: o.log, env: o.env }),
  async seed(port, recs) { for (let i = 0; i < recs.length; i += 500) { const r = await api(port, 'POST', '/visits/_bulk_docs', { docs: recs.slice(i, i + 500).map(toDoc) }); if (r.status > 201) throw new Error('seed ' + r.status); } },
  async count(port) { const a = (await api(port, 'GET', '/visits')).json.doc_count; return a; },
  ddocs: 1, // the local index design document is pushed too
  /** One device's push as PouchDB's replicator sends it on the wire (GET checkpoint, _revs_diff, _bulk_docs, PUT checkpoint). */
  pusher(port) {
    return async (device, recs, first, agent) => {
      const docs = recs.map(edit), cp = `/visits/_local/dev${device}`;
      const c = await agentPush(agent, port, 'GET', cp);
      await agentPush(agent, port, 'POST', '/visits/_revs_diff', JSON.stringify(Object.fromEntries(docs.map((d) => [d._id, [d._rev]]))), json);
      const b = await agentPush(agent, port, 'POST', '/visits/_bulk_docs', JSON.stringify({ docs, new_edits: false }), json);
      if (b.status !== 201) throw new Error('bulk ' + b.status);
      const p = await agentPush(agent, port, 'PUT', cp, JSON.stringify({ _id: `_local/dev${device}`, ...(c.status === 200 ? { _rev: JSON.parse(c.body)._rev } : {}), last_seq: Date.now(), history: [] }), json);
      if (p.status > 201) throw new Error('cp ' + p.status + p.body);
    };
  },
};
