import PouchDB from 'pouchdb-browser';
import find from 'pouchdb-find';
import { shell } from '../../lib/shell.js';
PouchDB.plugin(find);
const q = new URLSearchParams(location.search);
const batch_size = +(q.get('batch') || 100);        // PouchDB's (and CHT's) default
const mode = q.get('mode') || 'std';                // std = PouchDB replication, cht = Medic CHT's pull algorithm
const toDoc = ({ id, ...r }) => ({ _id: id, ...r });
let db, remote;
const ok = (rs) => { for (const r of rs) if (r.error) throw new Error(JSON.stringify(r)); };
async function pullCht() {
  const { doc_ids_revs } = await (await fetch('/api/v1/replication/get-ids')).json();
  const local = Object.fromEntries((await db.allDocs()).rows.map((r) => [r.id, r.value.rev]));
  const missing = doc_ids_revs.filter(({ id, rev }) => local[id] !== rev);
  while (missing.length) {
    const res = await remote.bulkGet({ docs: missing.splice(0, batch_size), attachments: true, revs: true });
    await db.bulkDocs(res.results.map((r) => r.docs?.[0]?.ok).filter(Boolean), { new_edits: false });
  }
}
shell({
  async open() {
    db = new PouchDB('visits', { adapter: 'idb' }); remote = new PouchDB(location.origin + '/visits', { skip_setup: true });
    await db.createIndex({ index: { fields: ['occurred_at'], name: 'by-occurred', ddoc: 'idx' } });
  },
  save: async (r) => { await db.put(toDoc(r)); },
  bulkSave: async (rs) => { ok(await db.bulkDocs(rs.map(toDoc))); },
  // design docs stay local, as in any app that does not want to replicate its index definitions
  push: async () => { const r = await db.replicate.to(remote, { batch_size, checkpoint: undefined }); if (!r.ok) throw new Error('push'); return r.docs_written; },
  pull: async () => { if (mode === 'cht') return pullCht(); const r = await db.replicate.from(remote, { batch_size }); if (!r.ok) throw new Error('pull'); return r.docs_written; },
  sync: async () => { if (mode === 'cht') { await db.replicate.to(remote, { batch_size }); await pullCht(); } else { await PouchDB.sync(db, remote, { batch_size }); } },
  newest: async (n) => (await db.find({ selector: { occurred_at: { $gt: null } }, sort: [{ occurred_at: 'desc' }], limit: n })).docs,
  count: async () => (await db.info()).doc_count - 1,
});
