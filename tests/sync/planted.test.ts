/* Every mistake, put into phone or server from outside, is found by the weeks. A simulation that lets one live is blind. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import 'fake-indexeddb/auto'
import { isOpen } from '../../static/phone/rules/consent'
import { stock } from '../../static/phone/rules/stock'
import { Host } from './host'
import { PLANTED } from './planted'
import type { Rules } from './rules'
import { Broken } from './signs'
import { week } from './week'

const ENOUGH = 60          // most are found within ten
const LANES = 2
const begun: Promise<Host>[] = []
const free: Promise<Host>[] = []
/* `from`: the seed that shows it today, so that the suite need not play the weeks before it. When the weeks change, sixty more are tried. */
type Weeks = Pick<NonNullable<Parameters<typeof week>[2]>, 'themes' | 'faults' | 'page'> & { from?: number }
const RESTORES: Weeks = { themes: { machine: 8, citizens: 0 } }
const LOST_RESTORES: Weeks = { themes: { machine: 8, citizens: 0, deaths: 4 }, faults: ['lost_answer'] }
const REMOVALS: Weeks = { themes: { removals: 5, citizens: 0 } }
const CITIZENS: Weeks = { themes: { citizens: 2 } }
/* On the phone, those that need weeks of a certain kind to show. */
const NEEDS: Record<string, Weeks> = {
  'no journal is kept': RESTORES, 'the journal goes before a backup is checked': { ...LOST_RESTORES, from: 8 }, 'a new epoch is not noticed': RESTORES,
  'new work goes to a restored server before the journal': { ...RESTORES, from: 15 }, 'any 200 counts as an answer': { faults: ['portal'] },
  'a page is swapped in before the last one has come': { page: 3, themes: { machine: 4, deaths: 6 }, from: 8 },
  'the base is the server\'s truth, not what the user saw': { from: 32 }, 'a pull paints over what waits, and the user goes on from there': { from: 32 },
  'a set travels without what the user saw': { from: 7 },
  'results are matched by place, not by id': { faults: ['shuffled'], from: 5 },
  'undo takes back what has already been sent': { themes: { regrets: 6, citizens: 0 } },
}
const ON_THE_SERVER: Record<string, Weeks> = {
  'a delivery is not known again': { faults: ['twice', 'lost_answer'] }, 'a merge takes mine': { from: 5 }, 'a delete does not look at what it deletes': REMOVALS,
  'the answer goes out before the commit, and there is none': {}, 'a held op is answered but not kept': { themes: { slips: 8 } },
  'what is held is never taken up again': RESTORES, 'the cursor is further than the rows': { page: 3 },
  'a deleted record leaves no trace in the feed': REMOVALS, 'a restore keeps the epoch': RESTORES, 'a journal may go before a backup holds it': { ...LOST_RESTORES, from: 8 },
  'everybody sees everything': CITIZENS, 'a phone keeps what its user may no longer see': { themes: { citizens: 2, post: 2 } },
  'a no does not close the gate': CITIZENS, 'a yes never runs out': CITIZENS, 'a step towards the stuegang asks nobody': CITIZENS,
  'the office adds a count to what lies there': { themes: { citizens: 0 }, from: 6 }, 'two get the last seat': CITIZENS, 'work on an erased citizen is taken in': { themes: { citizens: 2, erasure: 1 }, from: 6 },
  'erasures are not done again after a restore': { themes: { citizens: 2, erasure: 4, machine: 8 }, from: 23 }, 'an op is booked to whoever wrote the record first': {},
}

/* Rules of the phone gone wrong, with the promise that must tell. */
const WRONG_RULES: Record<string, { rules: Partial<Rules>; weeks: Weeks; promise: string }> = {
  'any yes opens a gate, whatever was withdrawn': { weeks: CITIZENS, promise: 'a withdrawal closes its gate',
    rules: { isOpen: (events, ...rest) => isOpen(events.filter(({ event }) => event !== 'WITHDRAWN'), ...rest) } },
  'the newest answer is not looked at': { weeks: CITIZENS, promise: 'a withdrawal closes its gate',
    rules: { isOpen: (events, ...rest) => isOpen(events.slice(0, -1), ...rest) } },
  'a yes never runs out': { weeks: CITIZENS, promise: 'a yes runs out',
    rules: { isOpen: (events, ...rest) => isOpen(events.map(({ valid_until: _, ...event }) => event), ...rest) } },
  'a count is added to what lies there': { weeks: { from: 16 }, promise: 'the bag adds up',
    rules: { stock: (moves, ...rest) => stock(moves.map((move) => (move.data.move === 'COUNT' ? { ...move, data: { ...move.data, from_place: 'SUPPLIER' } } : move)), ...rest) } },
  'a bag is not shared out by whose it is': { weeks: {}, promise: 'the bag adds up', rules: { stock: (moves, place, owner) => stock(moves.map((move) => ({ ...move, author_id: owner })), place, owner) } },
}

async function found({ from = 1, ...plot }: NonNullable<Parameters<typeof week>[2]> & { from?: number }): Promise<string> {
  const host = free.pop() ?? Host.begin()
  if (!begun.includes(host)) begun.push(host)
  try {
    for (let seed = from; seed < from + ENOUGH; seed++) {
      const error = await week(await host, seed, plot).then(() => null, (thrown: Error) => thrown)
      if (error && !(error instanceof Broken)) throw error
      if (error) return error.message.slice(0, 100)
    }
    throw new assert.AssertionError({ message: `not found in ${ENOUGH} weeks from ${from}` })
  } finally { free.push(host) }
}

after(async () => { for (const host of begun) await (await host).end() })

describe('the weeks find it', { concurrency: LANES }, () => {
  for (const [name, planted] of Object.entries(PLANTED))
    it(`when on the phone ${name}`, async (t) => t.diagnostic(await found({ planted, ...NEEDS[name] })))
  for (const [name, { rules, weeks, promise }] of Object.entries(WRONG_RULES))
    it(`when by the phone's rules ${name}`, async (t) => {
      const said = await found({ rules, ...weeks })
      assert.match(said, new RegExp(promise))
      t.diagnostic(said)
    })
  for (const [mistake, weeks] of Object.entries(ON_THE_SERVER))
    it(`when on the server ${mistake}`, async (t) => t.diagnostic(await found({ mistake, ...weeks })))
})
