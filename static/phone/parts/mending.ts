/* What of a refused op a person can put right on the phone, and in which fields: those that were refused, else all that it says. */
import { type FieldInfo, FIELDS } from '../generated/records'
import type { TrayItem } from '../notebook'

/* Nothing that is typed on the phone helps here; the coordinator does. */
const BEYOND = ['NOT_ALLOWED', 'ERASED', 'VERSION_TOO_OLD', 'VERSION_UNKNOWN', 'QUARANTINED', 'OP_ID_REUSED']
export const SHAPES: readonly string[] = ['code', 'codes', 'day', 'instant', 'text', 'whole', 'flag', 'ref']

type Refused = Pick<TrayItem, 'fields' | 'code' | 'stuck'> & { op: Pick<TrayItem['op'], 'kind' | 'action' | 'set'> }

export const infoOf = ({ op }: Refused, field: string): FieldInfo | undefined => FIELDS[op.kind]?.[field]

export function mendable(item: Refused): string[] {
  const shown = (fields: object | undefined) => Object.keys(fields ?? {}).filter((field) => SHAPES.includes(infoOf(item, field)?.shape ?? ''))
  const refused = shown(item.fields)
  return refused.length ? refused : shown(item.op.set)
}

/* Fields that the server does not have: they go away with the mending. */
export const unknownFields = (item: Refused): string[] => Object.keys(item.fields).filter((field) => !infoOf(item, field))

export const canMend = (item: Refused): boolean =>
  !item.stuck && item.op.action !== 'delete' && !BEYOND.includes(item.code) && (item.code === 'NO_CONSENT' || mendable(item).length > 0)

/* In words, or nothing. */
export function fieldProblem({ shape, least = -Infinity, most = Infinity, required, title }: FieldInfo, value: unknown): string | null {
  const n = Number(value)
  if (required && (value === null || value === undefined || value === '')) return `${title} skal udfyldes.`
  if (shape === 'whole' && value !== null && value !== '' && (!Number.isInteger(n) || n < least || n > most)) return `Skriv et helt tal fra ${least} til ${most}.`
  return null
}

export const fieldValue = ({ shape }: FieldInfo, value: unknown): unknown => value === '' || value === null ? null : shape === 'whole' ? Number(value) : value
