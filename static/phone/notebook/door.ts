/* One connection to one database, that is opened again when the browser lets it die (iOS does, daily). */
import { unwrap, wrap, type IDBPDatabase, type IDBPTransaction } from 'idb'
import { STEPS, STORES, type Step, type Store, type Stores, type Upgrade, type Write, upgrade } from './stores'
import { Outdated } from './types'

export const OPEN_TIMEOUT_MS = 5_000
const REOPENINGS = 3
const MENDABLE = new Set(['UnknownError', 'InvalidStateError', 'AbortError', 'TimeoutError'])

export const databaseOf = (userId: string) => `raadgiver-${userId}`

export interface DoorOptions { factory?: IDBFactory; steps?: readonly Step[]; timeoutMs?: number }

export class Door {
  private opening: Promise<IDBPDatabase<Stores>> | null = null

  constructor(readonly name: string, private readonly options: DoorOptions = {}) {}

  /* One transaction. `work` awaits nothing but requests on `tx`, and may run again on a new connection if the first died. */
  async write<T>(work: (tx: Write) => Promise<T>): Promise<T> {
    return this.run(async (db) => {
      const tx = db.transaction(STORES as Store[], 'readwrite', { durability: 'strict' })
      try {
        const result = await work(tx)
        tx.commit()                 // the disk need not wait for us to have nothing more to say
        await tx.done
        return result
      } catch (error) {
        await abandon(tx)
        throw error
      }
    })
  }

  async read<T>(work: (tx: IDBPTransaction<Stores, Store[], 'readonly'>) => Promise<T>): Promise<T> {
    return this.run(async (db) => {
      const tx = db.transaction(STORES as Store[], 'readonly')
      const [result] = await Promise.all([work(tx), tx.done])
      return result
    })
  }

  close(): void {
    const opening = this.opening
    this.opening = null
    void opening?.then((db) => db.close(), () => {})
  }

  private async run<T>(work: (db: IDBPDatabase<Stores>) => Promise<T>): Promise<T> {
    for (let reopened = 0; ; reopened++) {
      try {
        return await work(await (this.opening ??= this.open()))
      } catch (error) {
        if ((error as Error).name === 'VersionError') throw new Outdated('a newer app has this notebook')
        if (!MENDABLE.has((error as Error).name) || reopened >= REOPENINGS) throw error
        this.close()
      }
    }
  }

  private async open(): Promise<IDBPDatabase<Stores>> {
    const steps = this.options.steps ?? STEPS
    const request = (this.options.factory ?? indexedDB).open(this.name, steps.length)
    let failure: unknown
    request.onupgradeneeded = (event) => {
      const db = wrap(request.result) as unknown as IDBPDatabase<Stores>
      const tx = wrap(request.transaction!) as unknown as Upgrade
      tx.done.catch(() => {})
      upgrade(db, tx, event.oldVersion, steps).catch((error) => { failure = error; unwrap(tx).abort() })
    }
    try {
      const db = await inTime(request, this.options.timeoutMs ?? OPEN_TIMEOUT_MS)
      const forget = () => { this.opening = null }
      db.addEventListener('close', forget)
      db.addEventListener('versionchange', () => { forget(); db.close() })   // a newer tab must not wait for us
      return db
    } catch (error) {
      this.opening = null
      throw failure ?? error
    }
  }
}

async function abandon(tx: Write): Promise<void> {
  try { tx.abort() } catch { /* already over */ }
  await tx.done.catch(() => {})
}

/* A connection that comes too late is closed, so that it blocks nobody. */
function inTime(request: IDBOpenDBRequest, ms: number): Promise<IDBPDatabase<Stores>> {
  return new Promise((resolve, reject) => {
    let late = false
    const timer = setTimeout(() => { late = true; reject(new DOMException('no answer from the disk', 'TimeoutError')) }, ms)
    request.onsuccess = () => {
      clearTimeout(timer)
      if (late) request.result.close()
      else resolve(wrap(request.result) as unknown as IDBPDatabase<Stores>)
    }
    request.onerror = () => { clearTimeout(timer); reject(request.error) }
  })
}
