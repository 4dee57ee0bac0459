/* Tells the other tabs of this app that the notebook has changed. */

export interface Tabs { tell(): void; heard(listener: () => void): void; close(): void }

export const noTabs: Tabs = { tell() {}, heard() {}, close() {} }

export function browserTabs(userId: string): Tabs {
  if (typeof document === 'undefined' || typeof BroadcastChannel === 'undefined') return noTabs
  const channel = new BroadcastChannel(`raadgiver-${userId}`)
  return {
    tell: () => channel.postMessage('changed'),
    heard: (listener) => { channel.onmessage = listener },
    close: () => channel.close(),
  }
}
