/* Opens what was refused at the field that is wrong; saved, it goes off as a new op. */
import { useState } from 'preact/hooks'
import type { Talk, Visit } from '../generated/records'
import type { TrayItem } from '../notebook'
import type { Problems } from '../parts/fields'
import { infoOf } from '../parts/mending'
import { book, watched } from '../parts/present'
import { go } from '../parts/route'
import { type TalkForm, talkSet, writtenTalk } from '../parts/talking'
import { visitOf, written } from '../parts/visiting'
import { FixConsent } from './fixconsent'
import { FixFields } from './fixfields'
import { Missing } from './missing'
import { TalkEditor } from './talk'
import { dataOf } from './tray'
import { Editor } from './visit'

export function Fix({ op_id }: { op_id: string }) {
  const [item] = useState(watched().tray().find((other) => other.op_id === op_id))
  if (!item) return <Missing what="Registreringen" />
  if (item.code === 'NO_CONSENT') return <FixConsent item={item} />
  if (!Object.keys(item.fields).every((field) => onOwnForm(item, field))) return <FixFields item={item} />
  if (item.op.kind === 'visit') return <FixVisit item={item} />
  return item.op.kind === 'talk' && dataOf(item)['citizen_id'] ? <FixTalk item={item} /> : <FixFields item={item} />
}

/* A form of a visit or a talk never asks where or about whom. */
const onOwnForm = (item: TrayItem, field: string): boolean => ![undefined, 'ref'].includes(infoOf(item, field)?.shape)

/* The form's own names for the fields that a person sees in another shape. */
const AT: Record<string, string> = { occurred_at: 'time' }
const inForm = (fields: Record<string, string>): Problems =>
  Object.fromEntries(Object.entries(fields).map(([field, why]) => [AT[field] ?? field, why]))

function FixVisit({ item }: { item: TrayItem }) {
  const was = dataOf(item) as unknown as Visit
  const key = `fix:${item.op_id}`
  return <Editor draft={key} title="Ret og send igen" start={() => written(item.op.id, was)} wrong={inForm(item.fields)} done="Rettet. Gemt på telefonen og klar til at blive sendt."
    save={async (form) => {
      const saved = await book().correctTray(item.op_id, changed(was, visitOf(form)))
      await book().dropDraft(key)
      return saved
    }} />
}

/* What the form says otherwise. */
function changed<T extends object>(was: T, wanted: Partial<T>): Record<string, unknown> {
  const before = was as unknown as Record<string, unknown>
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => !same(before[field], value)).map(([field, value]) => [field, value ?? null]))
}

/* The talk's own form, at the field that is wrong. */
function FixTalk({ item }: { item: TrayItem }) {
  const was = dataOf(item) as unknown as Talk
  const key = `fix:${item.op_id}`
  const save = async (form: TalkForm) => {
    const saved = await book().correctTray(item.op_id, changed(was, talkSet(form)))
    await book().dropDraft(key)
    return saved
  }
  return <TalkEditor draft={key} title="Ret og send igen" citizen={was.citizen_id!} start={() => writtenTalk(item.op.id, was)} seen={was} wrong={inForm(item.fields)}
    done="Rettet. Gemt på telefonen og klar til at blive sendt." save={save} after={() => go('status', true)} back={{ to: 'status', label: 'Status' }} />
}
