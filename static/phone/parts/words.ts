/* How things are said: code labels, counts with the right ending, states of a record, materials in one word. */
import { CODES, type MaterialBatch, type Material } from '../generated/records'
import { type Day } from '../rules/dates'
import { said } from '../rules/terms'
import { today } from './calendar'
import { rows } from './present'
import type { OpTrace, SyncState } from '../notebook'

const entries = (list: string) => (CODES as Record<string, readonly { code: string; label: string }[]>)[list] ?? []

/* The project's own word where it has one; `on`: the day of the record it stands on. */
export function label(list: string, code: string | undefined | null, on: Day = today()): string {
  const usual = entries(list).find((entry) => entry.code === code)?.label
  return usual && code ? said(rows('project')[0]?.data.terms, list, code, usual, on) : code ?? ''
}

export const choices = (list: string): { value: string; label: string }[] => entries(list).map(({ code }) => ({ value: code, label: label(list, code) }))

export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

const STATE_WORDS: Record<SyncState, string> = {
  DRAFT: 'Kladde', WAITING: 'Venter på net', SENT: 'Venter på en anden telefon', SAVED: 'Gemt på serveren',
  FIX: 'Skal rettes', CONFLICT: 'Skal afklares',
}
export const stateWords = (state: SyncState): string => STATE_WORDS[state]

export function traceWords({ status, seq }: Pick<OpTrace, 'status' | 'seq'>): string {
  const receipt = seq === null ? '' : ` · Kvittering ${seq}`
  switch (status) {
    case 'waiting': return 'Venter på net'
    case 'accepted': return `Gemt på serveren${receipt}`
    case 'held': return `Venter på en anden telefon${receipt}`
    case 'conflict': return `Skal afklares${receipt}`
    case 'settled': return `Afklaret${receipt}`
    case 'rejected': return 'Skal rettes'
    case 'stuck': return 'Serveren har ikke svaret på den'
  }
}

const KIND_WORDS: Record<string, string> = { visit: 'Besøg', planned_visit: 'Planlagt besøg', stock_move: 'Uddeling', talk: 'Samtale', citizen: 'Borger', consent_event: 'Samtykke', enrolment: 'Tilmelding',
  attendance_mark: 'Fremmøde', course_session: 'Mødegang', outcome: 'Opfølgning', time_entry: 'Tid', time_sheet: 'Timeseddel', contact_log: 'Kontakt', next_step: 'Næste skridt', information_given: 'Oplysning', heard_answer: 'Blev du hørt?' }
export const kindWords = (kind: string): string => KIND_WORDS[kind] ?? 'Registrering'

const SHORT: Record<Material['type'], string> = {
  PATIENT_FLYER: 'Folder', POSTER: 'Plakat', GP_GUIDE: 'Lægeguide', CARD: 'Visitkort', TALK_CARD: 'Samtalekort',
  COURSE_PROGRAMME: 'Kursusprogram', CONSENT_BLOCK: 'Samtykkeblok', DISPLAY: 'Holder', SCREEN: 'Skærmbillede',
}
export const shortMaterial = (material: Material): string => SHORT[material.type]

export const languageWord = (language: MaterialBatch['language']): string => label('language', language).toLowerCase()

/* "08:00-13:00" as it is read: "8.00–13.00". */
export const hours = (text: string): string => text.replace(/0?(\d{1,2}):(\d{2})/g, '$1.$2').replace(/(\d)-(\d)/g, '$1–$2')

export const phoneWords = (number: string): string => number.replace(/\D/g, '').replace(/^45(?=\d{8}$)/, '').replace(/(\d{2})(?=\d)/g, '$1 ')
export const phoneLink = (number: string): string => `tel:+45${number.replace(/\D/g, '').replace(/^45(?=\d{8}$)/, '')}`
