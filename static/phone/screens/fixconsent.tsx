/* What came to the server after a consent had ended: ask the citizen again, or leave the citizen out of it. */
import type { Talk } from '../generated/records'
import type { Change, TrayItem } from '../notebook'
import { barredBy, fromDoctor, stepScopes } from '../rules/gates'
import type { Scope } from '../rules/consent'
import { dayOf, today } from '../parts/calendar'
import { codeOf, consentsOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { recordWords } from '../parts/fieldwords'
import { Screen } from '../parts/frame'
import { book, row, rows } from '../parts/present'
import { label } from '../parts/words'
import { dataOf } from './tray'
import { useMend } from './fixfields'

const needs = ({ op }: TrayItem, data: Record<string, unknown>): Scope =>
  (op.kind === 'next_step' ? stepScopes(data as never)[0] : op.kind === 'talk' ? ofTalk(data) : op.kind === 'citizen' ? 'EVALUATION' : 'FOLLOW_UP') ?? 'TALK_RECORD'

/* The yes to notes, unless that is there and it is the doctor's that is missing. */
const ofTalk = (data: Record<string, unknown>): Scope | undefined =>
  barredBy({ kind: 'talk', data }, consentsOf(String(data['citizen_id'])), today(), dayOf(String(data['occurred_at'])))[0] ?? (fromDoctor(data) ? 'GP_EXCHANGE' : undefined)

export function FixConsent({ item }: { item: TrayItem }) {
  const data = dataOf(item)
  const citizen = String(item.op.kind === 'citizen' ? item.op.id : data['citizen_id'])
  const scope = needs(item, data)
  const mend = useMend(item)
  return <Screen title="Samtykke mangler" lead={<><Code code={codeOf(citizen)} /> · {recordWords(item.op.kind, data)}</>} back={{ to: 'status', label: 'Status' }}>
    <p>{item.message}</p>
    <p>Det, du har skrevet, ligger på telefonen. Det kommer med, når borgeren har sagt ja igen og svaret gælder den dag, det skete.</p>
    <a class="button button-primary wide" href={`#/samtykke/${citizen}?formaal=${scope}&til=status`}>Registrér samtykke: {label('consent_scope', scope)}</a>
    {scope === 'GP_EXCHANGE' && item.op.kind === 'talk' && <button type="button" class="button button-secondary wide" onClick={() => mend({ note: null })}>Slet noten, og send resten</button>}
    {item.op.kind === 'talk' && <button type="button" class="button button-secondary wide" onClick={() => mend(anonymous(data), unlinked(item.op.id))}>Gør samtalen anonym</button>}
    {item.op.kind === 'next_step' && <button type="button" class="button button-secondary wide" onClick={() => mend({ status: 'DROPPED' })}>Drop skridtet</button>}
    {item.op.kind === 'talk' && <p class="quiet">Anonym: kun tid, sted og bydel. Emner og note slettes.</p>}
  </Screen>
}

function anonymous(data: Record<string, unknown>): Record<string, unknown> {
  const district = row('practice', String(data['practice_id']))?.data.district ?? (data['district'] as Talk['district'])
  return { type: 'ANONYMOUS', citizen_id: null, practice_id: null, visit_id: null, topics: null, three_party_with: null, note: null, ...(district ? { district } : {}) }
}

/* A step that hangs on the talk would say whose it was. */
const unlinked = (talk: string) => () => {
  const steps = rows('next_step').filter(({ data }) => data.talk_id === talk)
  return book().save(steps.map(({ id, data }): Change => ({ kind: 'next_step', action: 'update', id, seen: { ...data }, set: { talk_id: null } as never })))
}
