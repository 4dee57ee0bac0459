import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from '../../lib/proc.mjs';
import { api, agentPush } from '../../lib/http.mjs';
const here = path.dirname(fileURLToPath(import.meta.url));
const json = { 'content-type': 'application/json' };
export default {
  name: 'dexie', client: path.join(here, 'client.js'), library: path.join(here, 'lib-only.js'),
  variants: { dexie: { q: '' } },
  start: (o) => start(process.execPath, [path.join(here, '../../lib/sqlite-server.mjs'), o.port, o.dir, o.pages], { port: o.port, log: o.log, env: o.env }),
  async seed(port, recs) { for (let i = 0; i < recs.length; i += 1000) await api(port, 'POST', '/seed', recs.slice(i, i + 1000)); },
  count: async (port) => (await api(port, 'GET', '/count')).json.n,
  pusher: (port) => async (device, recs, first, agent) => {
    const r = await agentPush(agent, port, 'POST', '/api/push', JSON.stringify(recs), json);
    if (r.status !== 200) throw new Error('push ' + r.status + r.body);
  },
};
