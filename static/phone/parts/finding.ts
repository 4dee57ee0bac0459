/* One search over everything on the phone: each record's words are folded once, and found in the Danish order. */
import { finds, fold, inOrder } from '../rules/alphabet'
import { dayOf, dayWords } from './calendar'
import { rows, row } from './present'
import { languageWord, label, shortMaterial } from './words'

export interface Found { key: string; to: string; title: string; about: string }
export interface Group { name: string; found: Found[] }
interface Entry extends Found { text: string }

/* A record that has not changed is the same object: its words are worked out once. */
const known = new WeakMap<object, Entry>()
function entry(data: object, make: () => Omit<Entry, 'text'> & { words: readonly (string | null | undefined)[] }): Entry {
  const there = known.get(data)
  if (there) return there
  const { words, ...found } = make()
  const fresh = { ...found, text: words.map(fold).join(' ') }
  known.set(data, fresh)
  return fresh
}

const byTitle = (entries: Entry[]): Entry[] => entries.sort((a, b) => inOrder(a.title, b.title))
const nameOf = (practice: string | undefined): string => (practice && row('practice', practice)?.data.name) || 'Praksis'

const SOURCES: readonly { name: string; all: () => Entry[] }[] = [
  { name: 'Praksisser', all: () => byTitle(rows('practice').map(({ id, data }) => entry(data, () => ({ key: id, to: `praksis/${id}`, title: data.name, about: `${data.address}, ${label('district', data.district)}`,
    words: [data.name, data.address, data.postal_code, data.city, label('district', data.district), data.number, ...(data.doctors ?? []).map((doctor) => doctor['name']), ...(data.contacts ?? []).map((contact) => contact['name'])] })))) },
  { name: 'Borgere', all: () => byTitle(rows('citizen').map(({ id, data }) => entry(data, () => ({ key: id, to: `borger/${id}`, title: data.code, about: label('citizen_status', data.status ?? 'ACTIVE'), words: [data.code, data.code.slice(2)] })))) },
  { name: 'Kurser', all: () => rows('course_run').map(({ id, data }) => entry(data, () => { const course = row('course', data.course_id)?.data
    return { key: id, to: `kursus/${id}`, title: course?.title ?? 'Kursus', about: `Start ${dayWords(data.starts_on)}`, words: [course?.title, data.place, data.teacher, course && label('course_type', course.type)] } })).sort((a, b) => inOrder(a.title, b.title)) },
  { name: 'Materiale', all: () => byTitle(rows('material').map(({ id, data }) => entry(data, () => ({ key: id, to: 'taske', title: data.title, about: shortMaterial(data), words: [data.title, shortMaterial(data), ...(data.languages ?? []).map(languageWord)] })))) },
  { name: 'Besøg', all: () => [...rows('visit')].sort((a, b) => (a.data.occurred_at < b.data.occurred_at ? 1 : -1)).map(({ id, data }) => entry(data, () => ({ key: id, to: `besoeg/${id}`, title: `${dayWords(dayOf(data.occurred_at))} ${dayOf(data.occurred_at).slice(0, 4)} · ${nameOf(data.practice_id)}`,
    about: data.note ?? label('visit_outcome', data.outcome), words: [nameOf(data.practice_id), data.note, data.follow_up, label('visit_outcome', data.outcome), label('visit_purpose', data.purpose)] }))) },
]

export function search(sought: string, help: readonly (readonly [string, string])[]): Group[] {
  if (!sought.trim()) return []
  const answers = help.filter((texts) => finds(sought, ...texts)).map(([question, answer]) => ({ key: question, to: 'hjaelp', title: question, about: answer }))
  return [...SOURCES.map(({ name, all }) => ({ name, found: all().filter(({ text }) => finds(sought, text)) as Found[] })), { name: 'Hjælp', found: answers }].filter(({ found }) => found.length)
}
