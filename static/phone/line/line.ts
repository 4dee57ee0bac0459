/* One user's line to the server: push, then pull, one round at a time; the outbox shrinks only by exact answers. */
import type { Book } from '../notebook/book'
import type { Op } from '../notebook/types'
import { type Bytes } from '../notebook/uuid'
import { ask, type Json, type Means, meansOf, type Reply, unclear } from './exact'
import { lock as webLock, type Lock } from './locks'
import { Patience } from './patience'
import { Pusher } from './push'
import { session } from './session'
import { hasPostbox } from './postbox'
import { page } from './shape'
import type { LineState, Receipt } from './state'
import { closing, Teller } from './teller'

export const RECOVERY_SHARE = 'recovery_share'       // the setting in which the notebook keeps what the server is to keep
export const LOST = 'lost'                           // … and in which it keeps how much may be gone, until it has been seen
const BIG_PAGE = 2500            // of a whole view; what is new since the last round fits the server's usual page
const MOST_ASKED = 200
const SLIP_LASTS_MS = 24 * 3_600_000
export type Cause = 'start' | 'save' | 'online' | 'visible' | 'minute' | 'tap' | 'worker'
export interface LineOptions extends Partial<Means> { lock?: Lock; deviceName?: string; bytes?: Bytes }

export class Line {
  readonly means: Means
  private readonly patience: Patience
  private readonly pusher: Pusher
  private readonly lock: Lock
  private readonly teller = new Teller()
  private removalAllowed = false
  private shareLeft = false
  private introduced = false          // at most once a round
  private round: Promise<LineState> | null = null

  constructor(readonly book: Book, private readonly options: LineOptions = {}) {
    this.means = meansOf(options)
    this.lock = options.lock ?? webLock
    this.patience = new Patience(this.means.clock.now, this.means.random)
    const breathe = () => this.means.pause(this.means.random() * 1_000)
    this.pusher = new Pusher(book.wire, (ops) => this.push(ops), breathe)
    const count = () => this.teller.counts(book.wire.waiting())
    book.changed(count)
    count()
    this.teller.say('IDLE', { last_ok_at: book.wire.serverTime })  // a cold start still knows when it last heard from the server
  }

  get state(): LineState { return this.teller.state }
  watch(listener: (state: LineState) => void): () => void { return this.teller.watch(listener) }

  /* A tap goes at once; everything else waits out the back-off. A round that is under way is joined, and followed by
     another one if it was too early for what has been saved since. */
  async sync(cause: Cause): Promise<LineState> {
    if (cause === 'tap') this.patience.reset()
    if (this.patience.waiting) return this.state
    if (this.round) {
      const before = this.book.wire.waiting().count
      await this.round
      if (!before || !this.book.wire.waiting().count || this.patience.waiting) return this.state
    }
    return this.round ??= this.lock(`raadgiver-line-${this.book.user.id}`, () => this.whole())
      .catch(() => this.failed(null)).then(() => this.state).finally(() => { this.round = null })
  }

  /* The user has seen how many records would vanish from the phone, and says yes. */
  confirmRemoval(): Promise<LineState> {
    this.removalAllowed = true
    return this.sync('tap')
  }

  /* What the server's own list says; null = no answer. Ops it does not know are "unknown". */
  async receipts(op_ids: readonly string[]): Promise<Receipt[] | null> {
    const found: Receipt[] = []
    for (let i = 0; i < op_ids.length; i += MOST_ASKED) {
      const reply = await this.ask('/api/sync/v1/receipts', { op_ids: op_ids.slice(i, i + MOST_ASKED) })
      if (reply.kind !== 'exact' || !Array.isArray(reply.body['receipts'])) return null
      found.push(...reply.body['receipts'] as Receipt[])
    }
    await this.book.wire.learned(found)
    return found
  }

  /* Refused ops go to the coordinator. True when the server has taken them all. */
  async handOver(op_ids: readonly string[]): Promise<boolean> {
    const reply = await this.ask('/api/sync/v1/handover', { op_ids })
    const taken = reply.kind === 'exact' ? reply.body['handed_over'] as string[] | undefined ?? [] : []
    await this.book.wire.handedOver(taken)
    return op_ids.every((id) => taken.includes(id))
  }

  private async whole(): Promise<void> {
    const { wire } = this.book
    await wire.refresh()
    this.introduced = false
    if (!wire.deviceId && !await this.introduce()) return
    for (let again = 0; again < 3; again++) {
      const epoch = wire.epoch
      this.teller.say('SENDING')
      const pushed = await this.pusher.round()
      if (pushed.reply && this.closes(pushed.reply)) return
      this.teller.say('FETCHING')
      const pulled = await this.pull()
      if (pulled !== null && this.closes(pulled)) return
      if (epoch !== null && wire.epoch !== epoch) continue      // the journal is back in the outbox: send it now
      if (pushed.kind !== 'all' || pulled !== null) return this.failed(pushed.reply ?? pulled)
      return this.succeeded()
    }
    this.failed(null)
  }

  private async push(ops: Op[]): Promise<Reply> {
    this.teller.say('SENDING', { sending: ops.length })
    return this.known('/api/sync/v1/push', { ops, echo: false })
  }

  /* null = the whole view is in; else the reply that stopped it. */
  private async pull(): Promise<Reply | null> {
    const { wire } = this.book
    for (let forgotten = false; ;) {
      const { discarded } = wire
      const reply = await this.known('/api/sync/v1/pull', { cursor: wire.cursor(), ...(wire.fetchesAll ? { limit: BIG_PAGE } : {}), ...(discarded ? { discarded } : {}) })
      if (reply.kind === 'exact') await wire.discardTold(discarded)
      if (reply.kind === 'refused' && reply.code === 'BAD_CURSOR' && !forgotten) {
        forgotten = true
        await wire.forgetCursor()
        continue
      }
      const news = reply.kind === 'exact' ? page(reply.body) : null
      if (!news) return unclear(reply)
      const epoch = wire.epoch
      const { done, asks } = await wire.page(news, this.removalAllowed)
      this.teller.say('FETCHING', { removal: asks })
      if (done) this.removalAllowed = false
      if (done || asks || (epoch !== null && epoch !== wire.epoch)) return null
    }
  }

  /* A sync request; a server that does not know this phone is told, once, and asked again. The pull after a push says
     that nothing is left: or the office would hold the month open for what it has received. */
  private async known(path: string, body: Json): Promise<Reply> {
    const { wire } = this.book
    const told = (): Json => {
      const { count, oldest } = wire.waiting()
      return { ...body, have: wire.have, unsent: count, ...(count ? { oldest_unsent_at: oldest } : {}), clock_offset_s: this.teller.state.clock_off_minutes * 60 }
    }
    const reply = await this.ask(path, told())
    const stranger = reply.kind === 'refused' && (reply.code === 'DEVICE_UNKNOWN' || reply.code === 'FORBIDDEN')
    if (!stranger || this.introduced || !await this.introduce()) return reply
    return this.ask(path, told())
  }

  private async ask(path: string, body: Json): Promise<Reply> {
    const reply = await ask(this.means, { path, body, device: this.book.wire.deviceId })
    if (reply.kind !== 'unclear') this.teller.readClock(reply.body, this.means.clock.now())
    return reply
  }

  /* Registers the phone, but only in its own user's session: an op is never sent in another's (I13). */
  private async introduce(): Promise<boolean> {
    this.introduced = true
    const user = await session(this.means)
    if (user === undefined) { this.failed(unclear()); return false }
    if (user?.id !== this.book.user.id) { this.teller.say('SIGN_IN'); return false }
    const reply = await this.ask('/api/devices', { name: this.options.deviceName ?? 'Telefon', empty: this.book.wire.isNew })
    const id = reply.kind === 'exact' ? reply.body['device_id'] : null
    if (typeof id !== 'string') { if (!this.closes(reply)) this.failed(reply); return false }
    await this.book.wire.setDeviceId(id)
    const lost = Number(reply.kind === 'exact' && reply.body['lost'])
    if (lost > 0) await this.book.putSetting(LOST, lost)
    return true
  }

  private closes(reply: Reply): boolean {
    const end = closing(reply)
    if (end) this.teller.say(end.phase, end)
    return end !== null
  }

  private failed(reply: Reply | null | undefined): void {
    this.patience.failed(reply && reply.kind !== 'exact' ? reply.retryAfterMs : null)
    const refused = reply?.kind === 'refused'
    this.teller.say(refused || !reply ? 'TROUBLE' : 'NO_ANSWER', { message: refused ? reply.message : null, next_try_at: this.patience.until })
  }

  /* Once after each unlocking: a phone that was shut out and let in again, or a server that was restored, has none. */
  private async leaveShare(): Promise<void> {
    const share = this.book.setting<string>(RECOVERY_SHARE)
    if (!share || this.shareLeft) return
    const reply = await this.ask('/api/devices/recovery', { share })
    this.shareLeft = reply.kind !== 'unclear'
    if (reply.kind === 'exact') await this.book.wire.shareLeft()
  }

  /* What this phone hands boxes in with while it is locked: a fresh one each day, and after a new number or key. */
  private async takeSlip(): Promise<void> {
    const { slip, deviceId } = this.book.wire
    const now = this.means.clock.now()
    if (!hasPostbox() || !deviceId || (slip?.device_id === deviceId && Math.abs(now - slip.at) < SLIP_LASTS_MS)) return
    const reply = await this.ask('/api/devices/deposit', {})
    if (reply.kind !== 'exact') return
    const { credential, box } = reply.body as { credential?: unknown; box?: { id?: unknown; key?: unknown } }
    if (typeof credential === 'string' && typeof box?.id === 'string' && typeof box.key === 'string')
      await this.book.wire.keepSlip({ device_id: deviceId, credential, box: { id: box.id, key: box.key }, at: now })
  }

  private async succeeded(): Promise<void> {
    this.patience.reset()
    const pending = this.book.wire.pending()
    if (pending.length) await this.receipts(pending).catch(() => null)
    await this.leaveShare()
    await this.takeSlip()
    this.teller.say(this.state.removal ? 'ASKS_REMOVAL' : 'IDLE', { last_ok_at: this.state.removal ? this.state.last_ok_at : this.book.wire.serverTime })
  }
}
