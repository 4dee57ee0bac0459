/* A clock that only moves when a test says so, and chance that can be repeated from its seed. */

export interface Clock { now(): number; after(ms: number, act: () => void): () => void; pass(ms: number): void }

export function clockAt(start: number): Clock {
  let time = start
  return {
    now: () => time,
    after: () => () => {},          // time-outs never come: a lost request is lost at once
    pass: (ms) => { time += ms },
  }
}

/* mulberry32 */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
