/* Sends the outbox in batches; finds the one op a server chokes on and lets the rest go on. */
import type { Op } from '../notebook/types'
import type { Wire } from '../notebook/wire'
import { type Reply, unclear } from './exact'
import { pushAnswer } from './shape'

export const MOST_OPS = 200
const MOST_BYTES = 900_000
const TRIES_BEFORE_HALVING = 3
const TRIES_ALONE = 5
const REFUSALS_IN_A_ROW = 30      // enough to find one op among 200
const STUCK = 'Serveren kan ikke tage imod denne registrering. Den ligger sikkert på telefonen.'

/* Refusals that say something about the batch. All others are about the session, the app or the server as a whole. */
const ABOUT_BATCH = new Set([400, 413, 415, 422, 500])

export interface PushEnd { kind: 'all' | 'later' | 'stopped'; reply?: Reply }

export class Pusher {
  private most = MOST_OPS
  private tries = 0
  private alone = new Map<string, number>()

  constructor(private readonly wire: Wire, private readonly send: (ops: Op[]) => Promise<Reply>,
    private readonly breathe: () => Promise<void>) {}

  /* all: nothing sendable is left. later: the server asked to retry some. stopped: no use going on now, see `reply`. */
  async round(): Promise<PushEnd> {
    const without = new Set<string>()
    const greeted = await this.greet()
    if (greeted) return { kind: 'stopped', reply: greeted }
    let later = false
    let went = false
    for (let refusals = 0; refusals < REFUSALS_IN_A_ROW;) {
      const ops = await this.wire.outgoing({ ops: this.most, bytes: MOST_BYTES, without })
      if (!ops.length) return { kind: later ? 'later' : 'all' }
      const reply = await this.send(ops)
      const answer = reply.kind === 'exact' ? pushAnswer(reply.body, ops) : null
      if (answer) {
        await this.wire.answer(answer)
        this.went(ops)
        went = true
        refusals = 0
        for (const result of answer.results) if (result.status === 'retry') { without.add(result.op_id); later = true }
      } else if (reply.kind === 'refused' && ABOUT_BATCH.has(reply.status) && reply.code !== 'BAD_CURSOR') {
        refusals += 1
        if (await this.choked(ops) && !went) break      // a server that takes nothing gets no second victim
        await this.breathe()
      } else return { kind: 'stopped', reply: unclear(reply) }
    }
    return { kind: 'stopped', reply: unclear() }
  }

  /* Asks for the epoch before anything is sent. A server that was restored must get the journal back first, or a new
     change would arrive before the one that it builds upon. */
  private async greet(): Promise<Reply | null> {
    if (!this.wire.hasJournal || !(await this.wire.outgoing({ ops: 1, bytes: 1 })).length) return null
    const reply = await this.send([])
    const answer = reply.kind === 'exact' ? pushAnswer(reply.body, []) : null
    if (!answer) return unclear(reply)
    await this.wire.hear(answer)
    return null
  }

  private went(ops: readonly Op[]): void {
    this.tries = 0
    this.most = Math.min(MOST_OPS, this.most * 2)
    for (const op of ops) this.alone.delete(op.op_id)
  }

  /* true when an op has gone to the tray */
  private async choked(ops: readonly Op[]): Promise<boolean> {
    if (ops.length > 1) {
      if (++this.tries < TRIES_BEFORE_HALVING) return false
      this.most = Math.ceil(ops.length / 2)
      this.tries = 0
      return false
    }
    const { op_id } = ops[0]!
    const count = (this.alone.get(op_id) ?? 0) + 1
    this.alone.set(op_id, count)
    if (count < TRIES_ALONE) return false
    this.alone.delete(op_id)
    await this.wire.park(op_id, 'STUCK', STUCK)
    return true
  }
}
