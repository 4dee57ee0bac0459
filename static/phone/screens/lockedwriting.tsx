/* Nyt besøg and Ny samtale on a locked phone: a form that writes and cannot read, and knows no practice by name. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Talk } from '../generated/records'
import type { LockedDesk, Owner } from '../notebook'
import type { Taken } from '../notebook/takedown'
import { blankTalk, blankVisit, districts, ELSEWHERE, takeDown, type TalkForm, talkProblems, talkTaken, type VisitForm, visitProblems, visitTaken } from '../parts/capturing'
import { One } from '../parts/chips'
import { ErrorSummary, Field, type Problems } from '../parts/fields'
import { Save } from '../parts/form'
import { stopsOf } from '../parts/lockeddesk'
import { Messages, say, sayNotSaved } from '../parts/message'
import { Minutes, Moment } from '../parts/minutes'
import { VisitFields } from '../parts/visitfields'
import { choices } from '../parts/words'
import { guarded } from './visit'

interface Writing { owner: Owner; desk: LockedDesk; done: () => void }

export function LockedVisit({ owner, desk, done }: Writing) {
  const { form, change, found, save } = useWriting<VisitForm>(owner, () => blankVisit(desk), (now) => ({ ...visitProblems(now), ...guarded(now), ...named(now) }), visitTaken, done)
  const stops = stopsOf(desk)
  const places = [...stops.map(({ id, begun }, i) => ({ value: id, label: `Stop ${i + 1}${begun ? ', begyndt' : ''}` })), { value: ELSEWHERE, label: 'Et andet sted' }]
  return <Frame title="Nyt besøg" done={done} save={save} found={found}>
    <One legend="Hvor?" name="where" options={places} value={form.where} error={found['where']} choose={(where) => change({ where })}
      hint={stops.length ? 'Numrene er dem fra I dag. Navne vises først, når telefonen er låst op.' : 'Navne vises først, når telefonen er låst op.'} />
    {form.where === ELSEWHERE && <Field id="called" label="Hvilken praksis?" value={form.called} change={(called) => change({ called })} error={found['called']}
      hint="Du vælger den på listen, når du låser op." input={{ autoComplete: 'off', maxLength: 80 }} />}
    <VisitFields form={form} change={change} wrong={found} locked />
  </Frame>
}

/* The name is kept in the note, and no number belongs in it either. */
const named = ({ where, called, not_cpr }: VisitForm): Problems => {
  const why = where === ELSEWHERE ? guarded({ note: called, follow_up: '', not_cpr })['note'] : undefined
  return why ? { called: 'Navnet må ikke have et CPR-nummer.' } : {}
}

export function LockedTalk({ owner, done }: Writing) {
  const { form, change, found, save } = useWriting<TalkForm>(owner, blankTalk, talkProblems, talkTaken, done)
  return <Frame title="Ny samtale" lead="Anonym: der gemmes kun tid, sted og bydel. En samtale på en borgers kode kræver, at du låser op." done={done} save={save} found={found}>
    <Minutes form={form} change={change} wrong={found} usual={[5, 15, 30, 45]} />
    <One legend="Bydel" name="district" options={districts()} value={form.district} error={found['district']} choose={(district) => change({ district })} />
    <One legend="Sted" name="place" options={choices('talk_place')} value={form.place} choose={(place) => change({ place: place as Talk['place'] })} />
    <Moment form={form} change={change} wrong={found} />
  </Frame>
}

function useWriting<F>(owner: Owner, start: () => F, problems: (form: F) => Problems, taken: (form: F) => Taken, done: () => void) {
  const [form, put] = useState<F>(start)
  const [found, show] = useState<Problems>({})
  const saving = useRef(false)
  const save = () => {
    if (saving.current) return
    const wrong = problems(form)
    show(wrong)
    if (Object.keys(wrong).length) return
    saving.current = true
    takeDown(owner, taken(form)).then(() => { done(); say('Gemt på telefonen. Du kan se det, når du låser op.') },
      (error) => { saving.current = false; sayNotSaved(error) })
  }
  return { form, found, save, change: (news: Partial<F>) => put((was) => ({ ...was, ...news })) }
}

interface FrameProps { title: string; lead?: string; done: () => void; save: () => void; found: Problems; children: ComponentChildren }

function Frame({ title, lead, done, save, found, children }: FrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Rådgiver på hjul`
    heading.current?.focus({ preventScroll: true })
  }, [])
  return <div class="screen">
    <header class="bar"><button type="button" class="bar-back" onClick={done}><span aria-hidden="true">‹ </span>Lås op</button></header>
    <main class="main" id="indhold">
      <h1 tabIndex={-1} ref={heading}>{title}</h1>
      <p class="lead">{lead ?? 'Telefonen er låst. Du kan skrive, men ikke se det bagefter, før du låser op.'}</p>
      <form noValidate onSubmit={(event) => { event.preventDefault(); save() }}>
        <ErrorSummary problems={found} />
        {children}
      </form>
    </main>
    <div class="foot"><Messages /><div class="action"><Save save={save} /></div></div>
  </div>
}
