/* An anonymous talk in three taps: minutes, place and district, and nothing about whom. */
import type { Talk } from '../generated/records'
import { newId } from '../notebook'
import { clockField, dayOf, instantOf } from '../parts/calendar'
import { here } from '../parts/citizens'
import { One } from '../parts/chips'
import type { Problems } from '../parts/fields'
import { FormBody, Save, useForm } from '../parts/form'
import { Screen } from '../parts/frame'
import { say } from '../parts/message'
import { Minutes, Moment } from '../parts/minutes'
import { stopsToday } from '../parts/places'
import { book, row, user } from '../parts/present'
import { go, query } from '../parts/route'
import { timeProblems } from '../parts/talking'
import { choices } from '../parts/words'
import { talkBegan } from '../rules/talk_defaults'

interface Form { id: string; day: string; time: string; minutes: string; place: Talk['place']; district: string }
const KEY = 'talk:anonymous'

/* The district of the practice one comes from, else of the day's first practice, else the adviser's own. */
function district(practice: string | null): string {
  const near = practice ?? here().practice_id ?? stopsToday()[0]?.place.id
  return (near && row('practice', near)?.data.district) || row('user', user.value!.id)?.data.districts?.[0] || ''
}

export function Anonymous() {
  const start = (): Form => {
    const { occurred_at, minutes } = talkBegan(Date.now(), 'anonymous')
    return { id: newId(), day: dayOf(occurred_at), time: clockField(occurred_at), minutes: String(minutes), place: 'CLINIC_ROOM', district: district(query('praksis')) }
  }
  const { form, change, found, save, discard, focused, begun } = useForm<Form>({ key: KEY, start })
  const problems = (): Problems => ({ ...timeProblems(form), ...(form.district ? {} : { district: 'Vælg bydel.' }) })
  const submit = () => void save(problems(), ({ id, day, time, minutes, place, district: where }) => {
    const set = { type: 'ANONYMOUS', place, occurred_at: instantOf(day, time), minutes: Number(minutes), district: where } as Talk
    return book().save([{ kind: 'talk', action: 'create', id, set }], { undoable: true, draft: KEY })
  }, (saved) => { go('', true); say('Anonym samtale gemt på telefonen', { saved }) })
  const part = { form, change, wrong: found }
  return <Screen title="Anonym samtale" lead="Der gemmes kun tid, sted og bydel." back={{ to: '', label: 'I dag' }} action={<Save save={submit} />}>
    {begun && <p class="quiet">Du fortsætter en kladde.</p>}
    <FormBody found={found} focused={focused} submit={submit} what="samtale" discard={() => void discard('')}>
      <Minutes {...part} usual={[5, 15, 30, 45]} />
      <One legend="Bydel" name="district" options={choices('district')} value={form.district} error={found['district']} choose={(where) => change({ district: where })} />
      <One legend="Sted" name="place" options={choices('talk_place')} value={form.place} choose={(place) => change({ place: place as Talk['place'] })} />
      <Moment {...part} />
      <p><a href="#/hoert/da">Spørg «Blev du hørt?»</a></p>
    </FormBody>
  </Screen>
}
