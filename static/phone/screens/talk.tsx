/* Samtale: from the code to Gem in six to eight taps. What bars it is said on top, with the way on. Also puts right an old one. */
import type { Talk } from '../generated/records'
import type { Saved } from '../notebook'
import { consentsOf } from '../parts/citizens'
import { Code } from '../parts/code'
import type { Problems } from '../parts/fields'
import { FormBody, Save, useForm } from '../parts/form'
import { Screen } from '../parts/frame'
import { say } from '../parts/message'
import { row } from '../parts/present'
import { go, query } from '../parts/route'
import { askFor } from '../parts/steplines'
import { TalkFields } from '../parts/talkfields'
import { freshTalk, mustBeTold, saveTalk, talkBarred, talkForDisk, type TalkForm, talkKey, talkProblems, writtenTalk } from '../parts/talking'
import { Missing } from './missing'
import { Remove } from './remove'

export function NewTalk({ citizen }: { citizen: string }) {
  if (!row('citizen', citizen)) return <Missing what="Borgeren" />
  const key = talkKey(citizen)
  return <TalkEditor key={key} draft={key} title="Ny samtale" citizen={citizen} start={() => freshTalk(citizen, query('besoeg') ?? '')} save={(form) => saveTalk(form, key)}
    after={() => go(`borger/${citizen}?efter=samtale`, true)} back={{ to: `borger/${citizen}`, label: 'Borger' }} />
}

export function OldTalk({ talk }: { talk: string }) {
  const shown = row('talk', talk)
  const key = `talk:${talk}`
  if (!shown) return <Missing what="Samtalen" />
  const citizen = shown.data.citizen_id
  if (!citizen) return <Screen title="Anonym samtale" back={{ to: '', label: 'I dag' }}><Remove kind="talk" id={talk} seen={shown.data} what="samtalen" /></Screen>
  return <TalkEditor key={key} draft={key} title="Ret samtale" citizen={citizen} start={() => writtenTalk(talk, shown.data)} seen={shown.data}
    save={(form, seen) => saveTalk(form, key, seen)} after={() => go(`borger/${citizen}`, true)} back={{ to: `borger/${citizen}`, label: 'Borger' }} />
}

interface EditorProps {
  draft: string; title: string; citizen: string; start: () => TalkForm; seen?: Talk; wrong?: Problems; back: { to: string; label: string }
  save: (form: TalkForm, seen?: Talk) => Promise<Saved>; after: () => void; done?: string
}

export function TalkEditor({ draft, title, citizen, start, seen, wrong = {}, save, after, done = 'Gemt på telefonen', back }: EditorProps) {
  const making = useForm<TalkForm>({ key: draft, start, clean: talkForDisk, wrong, seen })
  const { form, change, found } = making
  const events = consentsOf(citizen)
  const submit = () => void making.save(talkProblems(form, events), (written) => save(written, making.seen as Talk | undefined), (saved) => {
    after()
    say(saved.op_ids.length ? done : 'Der er ikke ændret noget.', { saved })
  })
  return <Screen title={title} lead={<>Borger <Code code={row('citizen', citizen)?.data.code ?? ''} /></>} back={back} action={<Save save={submit} />}>
    {making.begun && <p class="quiet">Du fortsætter en kladde.</p>}
    <FormBody found={found} focused={making.focused} submit={submit} what="samtale" discard={() => void making.discard(back.to)}>
      {mustBeTold(form) && <Untold citizen={citizen} />}
      {talkBarred(form, events) && <Barred citizen={citizen} old={Boolean(seen)} />}
      <TalkFields form={form} change={change} wrong={found} events={events} old={Boolean(seen)} />
      {seen && <Remove kind="talk" id={form.id} seen={seen} what="samtalen" to={`borger/${citizen}`} />}
    </FormBody>
  </Screen>
}

function Untold({ citizen }: { citizen: string }) {
  return <div class="alert alert-warning" id="told" tabIndex={-1}>
    <p class="alert-text">Borgeren har ikke fået at vide, hvad der sker med det, du skriver. Giv oplysningen, før du gemmer den første samtale.</p>
    <a class="button button-primary wide" href={`#/oplysning/${citizen}`}>Giv oplysningen</a>
  </div>
}

/* Said before anything is written, not after. */
function Barred({ citizen, old }: { citizen: string; old: boolean }) {
  return <div class="alert alert-warning" id="consent" tabIndex={-1}>
    <p class="alert-text">Borgeren har ikke et gyldigt samtykke til, at du gemmer korte noter. Uden det kan samtalen ikke skrives ned på koden.</p>
    <div class="pair">
      <a class="button button-primary" href={askFor(citizen, 'TALK_RECORD')}>Registrér samtykket</a>
      {!old && <a class="button button-secondary" href="#/samtale/anonym">Anonym samtale</a>}
    </div>
  </div>
}
