import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { addRxPlugin } from 'rxdb/plugins/core';
import { wrappedKeyEncryptionCryptoJsStorage } from 'rxdb/plugins/encryption-crypto-js';
import { Subject } from 'rxjs';
import { shell } from '../../lib/shell.js';
const q = new URLSearchParams(location.search);
const batch = +(q.get('batch') || 100);   // RxDB's default
const enc = q.get('enc') === '1';         // RxDB's free encryption plugin (crypto-js AES) on the personal fields
const s = { type: 'string' };
const ENC = ['note', 'follow_up', 'met_roles', 'outcome', 'purpose'];
const schema = {
  version: 0, primaryKey: 'id', type: 'object',
  properties: {
    id: { type: 'string', maxLength: 36 }, kind: s, author_id: s, made_at: s, practice_id: s, occurred_at: { type: 'string', maxLength: 24 },
    minutes: { type: 'number' }, mode: s, purpose: s, met_roles: { type: 'array', items: s }, outcome: s, next_visit_on: s, follow_up: s, follow_up_on: s,
    follow_up_by: s, note: s,
  },
  required: ['id', 'occurred_at'], indexes: ['occurred_at'], ...(enc ? { encrypted: ENC } : {}),
};
let db, col, live, pulled;
const pull = { batchSize: batch, handler: async (cp, limit) => { const r = await (await fetch(`/rx/pull?seq=${cp?.seq ?? 0}&limit=${limit}`)).json(); pulled?.(); return r; } };
const push = { batchSize: batch, handler: async (rows) => (await fetch('/rx/push', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(rows) })).json() };
const once = async (o) => {
  const rep = replicateRxCollection({ collection: col, replicationIdentifier: 'visits-http', live: false, waitForLeadership: false, retryTime: 500, ...o });
  rep.error$.subscribe((e) => console.error('rxdb', e)); await rep.awaitInitialReplication();
};
shell({
  async open() {
    let storage = getRxStorageDexie();
    if (enc) storage = wrappedKeyEncryptionCryptoJsStorage({ storage });
    db = await createRxDatabase({ name: 'bench', storage, multiInstance: false, ...(enc ? { password: 'correct horse battery staple' } : {}) });
    col = (await db.addCollections({ visits: { schema } })).visits;
  },
  save: async (r) => { await col.insert(r); },
  bulkSave: async (rs) => { const r = await col.bulkInsert(rs); if (r.error.length) throw new Error('bulkInsert'); },
  push: () => once({ push, pull }),
  pull: () => once({ push, pull }),
  // one no-change round of a live replication: resync = ask the server for changes since the checkpoint
  async sync() {
    if (!live) {
      live = replicateRxCollection({ collection: col, replicationIdentifier: 'visits-http', live: true, waitForLeadership: false, retryTime: 500, push, pull: { ...pull, stream$: new Subject().asObservable() } });
      await live.awaitInitialReplication();
    }
    const done = new Promise((r) => { pulled = () => setTimeout(async () => { const wait = () => new Promise((k) => { const s = live.active$.subscribe((a) => { if (!a) { k(); queueMicrotask(() => s.unsubscribe()); } }); }); await wait(); r(); }, 0); });
    live.reSync(); await done; pulled = null;
  },
  newest: async (n) => (await col.find({ selector: {}, sort: [{ occurred_at: 'desc' }], limit: n }).exec()).map((d) => d.toJSON()),
  count: () => col.count().exec(),
});
