// Small HTTP helpers over node:http (keep-alive agents; cheaper than fetch, so that the load generator is not the bottleneck).
import http from 'node:http';
const shared = new http.Agent({ keepAlive: true, maxSockets: 4 });
export function agentPush(agent, port, method, path, body, headers = {}) {
  return new Promise((res, rej) => {
    const q = http.request({ host: '127.0.0.1', port, method, path, agent, headers: { ...headers, ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) } }, (r) => {
      let s = ''; r.setEncoding('utf8'); r.on('data', (d) => (s += d)); r.on('end', () => res({ status: r.statusCode, headers: r.headers, body: s }));
    });
    q.on('error', rej); q.end(body);
  });
}
export async function api(port, method, path, obj) {
  const r = await agentPush(shared, port, method, path, obj === undefined ? undefined : JSON.stringify(obj), obj === undefined ? {} : { 'content-type': 'application/json' });
  let json; try { json = JSON.parse(r.body); } catch {} return { ...r, json };
}
export const newAgent = () => new http.Agent({ keepAlive: true, maxSockets: 1 });
