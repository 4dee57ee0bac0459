/* What advisers do with citizens: meet them, ask them, talk, find them a seat; and what the office does about them. */
import { checkCharacter } from '../../static/phone/rules/code'
import type { Fields } from '../../static/phone/notebook/types'
import { closedAtOnce, type Gate, GATES, TODAY } from './rules'
import { mayTouch, mine, type Person, type Phone, rows, saved, type Story } from './story'
import { someMinutes } from './visits'

const SYMBOLS = '23456789BCDFGHJKMNPQRTVWX'
const TOPICS = ['WORK', 'MONEY', 'COPING', 'HOUSING', 'NETWORK']

const consent = (citizen_id: string, scope: Gate, event: string, more: Fields = {}) => ({ kind: 'consent_event', action: 'create',
  set: { citizen_id, scope, event, form: 'SCREEN_SIGNED', given_on: event === 'GIVEN' && !more['follows_id'] ? '2026-11-20' : TODAY, ...more } })

/* The first yes to a purpose; now and then one that had run out by yesterday. */
function firstYes({ random }: Story, person: Person, scope: Gate) {
  const short = random() < 0.15
  if (short) person.barred = true
  return consent(person.id, scope, 'GIVEN', short ? { valid_until: '2026-11-24' } : {})
}

/* A new citizen and the first yes, in one save. Now and then two phones give the same code. */
export async function meet(story: Story, phone: Phone): Promise<void> {
  const { random, pick, host } = story
  const four = Array.from({ length: 4 }, () => pick([...SYMBOLS])).join('')
  const code = random() < 0.15 && story.people.size ? pick([...story.people.values()]).code : `B-${four}${checkCharacter(four)}`
  const person: Person = { id: story.newId(), code, note: `fortalt af ${four} nummer ${story.people.size}`, barred: false, erased: false }
  story.people.set(person.id, person)
  const set = { code, first_practice_id: host.ids['valby'], benefit: 'SYGEDAGPENGE', came_via: 'DOCTOR' }
  await saved(story, phone, [{ kind: 'citizen', action: 'create', id: person.id, set }, firstYes(story, person, 'TALK_RECORD')], person.id)
}

function someone(story: Story, phone: Phone): Person | undefined {
  const known = rows(story, phone, 'citizen').map(({ id }) => story.people.get(id)!)
  return story.pick(known)
}

export async function talk(story: Story, phone: Phone): Promise<void> {
  const person = someone(story, phone)
  if (!person) return meet(story, phone)
  const set: Fields = { type: 'FIRST', place: 'CLINIC_ROOM', occurred_at: `${TODAY}T08:00:00Z`, minutes: someMinutes(story.random), citizen_id: person.id,
    practice_id: story.host.ids['valby'], topics: topics(story), note: person.note }
  const [id] = await saved(story, phone, [{ kind: 'talk', action: 'create', set }], person.id)
  if (story.random() < 0.4) story.shared.add(`talk/${id!}`)
  else mine(story, phone, 'talk', id!, set, person.id)
}

const topics = ({ random }: Story) => TOPICS.filter(() => random() < 0.4).slice(0, 3)

export async function talkMore(story: Story, phone: Phone): Promise<void> {
  const row = story.pick(mayTouch(story, phone, 'talk'))
  if (!row) return talk(story, phone)
  const set: Fields = story.random() < 0.5 ? { minutes: someMinutes(story.random) } : { topics: topics(story) }
  await saved(story, phone, [{ kind: 'talk', action: 'update', id: row.id, set }], row.data['citizen_id'] as string)
  const own = story.solo.get(`talk/${row.id}`)
  if (own) own.data = { ...own.data, ...set }
}

export async function withdraw(story: Story, phone: Phone): Promise<void> {
  const person = someone(story, phone)
  if (!person) return
  const scope = story.pick(GATES)
  person.barred = true
  await saved(story, phone, [consent(person.id, scope, 'WITHDRAWN')], person.id)
  closedAtOnce(story, phone, person.id, scope)
}

/* Asks again: the yes names the no that this phone knows of, if it knows of one. */
export async function askAgain(story: Story, phone: Phone): Promise<void> {
  const person = someone(story, phone)
  if (!person) return
  const scope = story.pick(GATES)
  const no = said(story, phone, person, scope).filter(({ data }) => data['event'] === 'WITHDRAWN').at(-1)
  await saved(story, phone, [consent(person.id, scope, 'GIVEN', no ? { follows_id: no.id } : {})], person.id)
}

const said = (story: Story, phone: Phone, { id }: Person, scope: Gate) =>
  rows(story, phone, 'consent_event').filter(({ data }) => data['citizen_id'] === id && data['scope'] === scope)

/* A step towards the stuegang, with the yes that it needs where nobody has asked yet. */
export async function stepTowardsStuegang(story: Story, phone: Phone): Promise<void> {
  const person = someone(story, phone)
  if (!person) return meet(story, phone)
  const set: Fields = { citizen_id: person.id, step: 'STUEGANG', responsible: 'ADVISER', due_on: '2026-12-09', status: 'OPEN' }
  const yes = said(story, phone, person, 'STUEGANG').length ? [] : [firstYes(story, person, 'STUEGANG')]
  const ids = await saved(story, phone, [...yes, { kind: 'next_step', action: 'create', set }], person.id)
  mine(story, phone, 'next_step', ids.at(-1)!, set, person.id)
}

/* Two seats, and more people than that. */
export async function enrol(story: Story, phone: Phone): Promise<void> {
  const person = someone(story, phone)
  if (!person) return meet(story, phone)
  const set = { citizen_id: person.id, course_run_id: story.host.ids['hold'], status: 'ENROLLED', enrolled_at: new Date(story.clock.now()).toISOString() }
  const [id] = await saved(story, phone, [{ kind: 'enrolment', action: 'create', set }], person.id)
  story.shared.add(`enrolment/${id!}`)
}

export async function giveUpSeat(story: Story, phone: Phone): Promise<void> {
  const row = story.pick(mayTouch(story, phone, 'enrolment'))
  if (!row) return enrol(story, phone)
  await saved(story, phone, [{ kind: 'enrolment', action: 'update', id: row.id, set: { status: story.pick(['CANCELLED', 'ENROLLED']) } }], row.data['citizen_id'] as string)
}

/* The office lets the other adviser help a citizen, or takes it back. */
export async function handOver(story: Story): Promise<void> {
  const person = story.pick([...story.people.values()])
  if (!person) return
  const there = (await story.host.view('birthe')).get(`citizen/${person.id}`)
  if (!there) return
  const now = (there.data['adviser_id'] as string | undefined) ?? null
  if (now) story.outcast = true
  await story.host.office([{ kind: 'citizen', id: person.id, action: 'update', set: { adviser_id: now ? null : story.host.ids['emre'] }, base: { adviser_id: now } }])
}

export async function erase(story: Story): Promise<void> {
  const there = [...(await story.host.view('birthe')).values()].filter(({ kind, id }) => kind === 'citizen' && story.people.has(id))
  const row = story.pick(there.sort((a, b) => story.numbers.get(`citizen/${a.id}`)! - story.numbers.get(`citizen/${b.id}`)!))
  if (!row) return
  story.people.get(row.id)!.erased = true
  await story.host.act('erase', { code: row.data['code'] })
}
