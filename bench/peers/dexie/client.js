// Hand-written reference: Dexie tables + an outbox table + plain JSON POST/GET (no conflict handling, no encryption).
import Dexie from 'dexie';
import { shell } from '../../lib/shell.js';
const q = new URLSearchParams(location.search);
const PUSH = +(q.get('batch') || 1000), PULL = +(q.get('pull') || 2000);
const db = new Dexie('bench');
db.version(1).stores({ visits: 'id,occurred_at', outbox: '++n', meta: 'k' });
const cursor = async () => (await db.meta.get('seq'))?.v ?? 0;
async function pull() {
  for (let seq = await cursor(); ;) {
    const r = await (await fetch(`/api/pull?seq=${seq}&limit=${PULL}`)).json();
    if (!r.docs.length) return;
    await db.transaction('rw', db.visits, db.meta, () => { db.visits.bulkPut(r.docs); db.meta.put({ k: 'seq', v: r.seq }); });
    seq = r.seq; if (r.docs.length < PULL) return;
  }
}
async function push() {
  for (;;) {
    const out = await db.outbox.orderBy('n').limit(PUSH).toArray();
    if (!out.length) return;
    const docs = await db.visits.bulkGet(out.map((o) => o.id));
    const r = await fetch('/api/push', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(docs) });
    if (!r.ok) throw new Error('push ' + r.status);
    await db.outbox.bulkDelete(out.map((o) => o.n));
  }
}
shell({
  open: () => db.open(),
  save: (r) => db.transaction('rw', db.visits, db.outbox, () => { db.visits.add(r); db.outbox.add({ id: r.id }); }),
  bulkSave: (rs) => db.transaction('rw', db.visits, db.outbox, () => { db.visits.bulkAdd(rs); db.outbox.bulkAdd(rs.map((r) => ({ id: r.id }))); }),
  push, pull, sync: async () => { await push(); await pull(); },
  newest: (n) => db.visits.orderBy('occurred_at').reverse().limit(n).toArray(),
  count: () => db.visits.count(),
});
