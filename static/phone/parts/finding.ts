/* One search over everything on the phone: every record's words are folded once, and what is found stands in the Danish order. */
import { effect } from '@preact/signals'
import { inOrder, searched, wanting } from '../rules/alphabet'
import { dayOf, dayWords } from './calendar'
import { people } from './citizens'
import { row, rows, user, watched } from './present'
import { label, languageWord, shortMaterial } from './words'

export interface Found { key: string; to: string; title: string; about: string }
export interface Group { name: string; found: Found[] }
/* `newest`: sorted by this, the latest first, instead of by title. */
type Entry = Found & { newest?: string; place: string }
export interface Shelf { name: string; entries: Entry[] }

const entry = (found: Found & { newest?: string }, ...texts: readonly (string | null | undefined)[]): Entry => ({ ...found, place: searched(...texts) })
const nameOf = (practice: string): string => row('practice', practice)?.data.name ?? 'Praksis'

const practices = () => rows('practice').map(({ id, data }) =>
  entry({ key: id, to: `praksis/${id}`, title: data.name, about: `${data.address}, ${label('district', data.district)}` },
    data.name, data.address, data.postal_code, data.city, label('district', data.district), data.number, ...[...data.doctors ?? [], ...data.contacts ?? []].map((person) => person['name'])))

const citizens = () => people().map(({ id, data }) =>
  entry({ key: id, to: `borger/${id}`, title: data.code, about: label('citizen_status', data.status ?? 'ACTIVE') }, data.code))

const runs = () => rows('course_run').map(({ id, data }) => {
  const course = row('course', data.course_id)?.data
  return entry({ key: id, to: `kursus/${id}`, title: course?.title ?? 'Kursus', about: `Start ${dayWords(data.starts_on)}`, newest: data.starts_on },
    course?.title, course && label('course_type', course.type), data.place, data.teacher)
})

const materials = () => rows('material').map(({ id, data }) =>
  entry({ key: id, to: 'taske', title: data.title, about: shortMaterial(data) }, data.title, shortMaterial(data), ...(data.languages ?? []).map(languageWord)))

/* Days are put into words only for those that are shown. */
const visits = () => rows('visit').map(({ id, data }): Entry => {
  const practice = nameOf(data.practice_id)
  return { key: id, to: `besoeg/${id}`, about: data.note ?? label('visit_outcome', data.outcome), newest: data.occurred_at,
    get title() { return `${dayWords(dayOf(data.occurred_at))} · ${practice}` },
    place: searched(practice, data.note, data.follow_up, label('visit_outcome', data.outcome), label('visit_purpose', data.purpose)) }
})

let kept: { version: number; shelves: Shelf[] } | null = null
effect(() => { if (!user.value) kept = null })        // the index is content too

function shelves(): Shelf[] {
  const { version } = watched()
  if (kept?.version !== version)
    kept = { version, shelves: Object.entries({ Praksisser: practices, Borgere: citizens, Kurser: runs, Materiale: materials, Besøg: visits }).map(([name, all]) => ({ name, entries: all() })) }
  return kept.shelves
}

export const search = (sought: string, help: readonly (readonly [string, string])[]): Group[] => found(sought, [...shelves(),
  { name: 'Hjælp', entries: help.map(([question, answer]) => entry({ key: question, to: 'hjaelp', title: question, about: answer }, question, answer)) }])

export function found(sought: string, all: readonly Shelf[]): Group[] {
  if (!sought.trim()) return []
  const wanted = wanting(sought.trim())
  return all.map(({ name, entries }) => ({ name, found: entries.filter(({ place }) => wanted(place)).sort(inItsOrder) })).filter((group) => group.found.length)
}

const inItsOrder = (a: Entry, b: Entry): number =>
  a.newest && b.newest ? (a.newest < b.newest ? 1 : a.newest > b.newest ? -1 : 0) : inOrder(a.title, b.title)
