/* A record's field and value as a Danish sentence would have them: for conflict cards and the tray. */
import { FIELDS, type Kind } from '../generated/records'
import { clock, dayOf, dayWords } from './calendar'
import { batchWords } from './materials'
import { row } from './present'
import { kindWords, label } from './words'

export const fieldTitle = (kind: Kind, field: string): string => FIELDS[kind]?.[field]?.title ?? field

export function valueWords(kind: Kind, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)) return 'Ikke udfyldt'
  const info = FIELDS[kind]?.[field]
  switch (info?.shape) {
    case 'code': return label(info.codes ?? '', String(value))
    case 'codes': return (value as string[]).map((code) => label(info.codes ?? '', code)).join(', ')
    case 'day': return dayWords(String(value))
    case 'instant': return `${dayWords(dayOf(String(value)))} kl. ${clock(String(value))}`
    case 'flag': return value ? 'Ja' : 'Nej'
    case 'ref': return refWords(info.to!, String(value))
    default: return Array.isArray(value) ? value.join(', ') : String(value)
  }
}

/* Another record, by what it is called. */
export function refWords(kind: Kind, id: string): string {
  const data = row(kind, id)?.data as Record<string, unknown> | undefined
  switch (kind) {
    case 'practice': return String(data?.['name'] ?? 'Praksis')
    case 'user': return String(data?.['name'] ?? 'En kollega')
    case 'citizen': return String(data?.['code'] ?? 'Borger')
    case 'material_batch': return batchWords(id)
    case 'course_run': return [row('course', String(data?.['course_id']))?.data.title ?? 'Hold', data?.['starts_on'] && dayWords(String(data['starts_on']))].filter(Boolean).join(', ')
    case 'course_session': return data?.['starts_at'] ? `Mødegang ${valueWords(kind, 'starts_at', data['starts_at'])}` : 'Mødegang'
    default: return recordWords(kind, data)
  }
}

/* "Besøg hos Lægerne Skydebanehjørnet, man. 23. nov. kl. 9.40", "Samtykke: Tale med lægen, B-7K3MB" */
export function recordWords(kind: Kind, data: Record<string, unknown> | undefined): string {
  const practice = typeof data?.['practice_id'] === 'string' ? row('practice', data['practice_id'])?.data.name : undefined
  const code = data?.['code'] ?? (data?.['citizen_id'] && row('citizen', String(data['citizen_id']))?.data.code)
  const at = typeof data?.['occurred_at'] === 'string' ? valueWords(kind, 'occurred_at', data['occurred_at']) : ''
  return [`${what(kind, data)}${practice ? ` hos ${practice}` : ''}`, code, at].filter(Boolean).join(', ')
}

function what(kind: Kind, data: Record<string, unknown> | undefined): string {
  switch (kind) {
    case 'stock_move': return data?.['batch_id'] ? `${label('stock_move', String(data['move']))}: ${batchWords(String(data['batch_id']))} ${data['quantity'] ?? ''}` : kindWords(kind)
    case 'consent_event': return data?.['scope'] ? `Samtykke: ${label('consent_scope', String(data['scope']))}` : kindWords(kind)
    case 'next_step': return data?.['step'] ? `Skridt: ${label('next_step', String(data['step']))}` : kindWords(kind)
    case 'talk': return data?.['type'] === 'ANONYMOUS' ? 'Anonym samtale' : kindWords(kind)
    default: return kindWords(kind)
  }
}
