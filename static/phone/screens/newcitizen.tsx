/* A new citizen: told first, then asked eight times, then the card; nothing is written before the last page is saved. */
import { useEffect, useRef } from 'preact/hooks'
import { answerProblems, Answers } from '../parts/answers'
import type { Problems } from '../parts/fields'
import { FormBody, Save, useForm } from '../parts/form'
import { Screen } from '../parts/frame'
import { Inform } from '../parts/informationtext'
import { say } from '../parts/message'
import { freshPerson, mayBeWritten, type NewPerson, type Page, PAGES, PERSON_KEY, savePerson } from '../parts/newperson'
import { FirstPractice, PersonFields } from '../parts/personfields'
import { go, query } from '../parts/route'
import { TalkCard } from '../parts/talkcard'
import { SCOPES } from '../rules/consent'

const TITLES: Record<Page, string> = { told: 'Ny borger: oplysning', asked: 'Ny borger: samtykker', facts: 'Ny borger: situation', card: 'Ny borger: kort' }
const NEXT: Record<Page, string> = { told: 'Videre til samtykker', asked: 'Videre', facts: 'Videre til kortet', card: 'Gem' }

export function NewCitizen() {
  const { form, change, found, show, save, discard, focused, begun } = useForm<NewPerson>({ key: PERSON_KEY, start: () => freshPerson(query('praksis')) })
  const at = PAGES.indexOf(form.page)
  const turn = (page: Page) => { show({}); change({ page }) }
  useTop(form.page)
  const next = () => {
    const wrong = problems(form)
    if (form.page !== 'card') return Object.keys(wrong).length ? show(wrong) : turn(PAGES[at + 1]!)
    void save(wrong, savePerson, (saved) => {
      go(mayBeWritten(form) ? `samtale/ny/${form.id}` : 'samtale/anonym', true)
      say(mayBeWritten(form) ? 'Borgeren er gemt. Skriv samtalen nu eller senere.' : 'Svarene er gemt. Samtalen kan kun skrives ned anonymt.', { saved })
    })
  }
  return <Screen title={TITLES[form.page]} lead={`Trin ${at + 1} af ${PAGES.length}`} back={{ to: 'borgere', label: 'Borgere' }} action={<Save save={next}>{NEXT[form.page]}</Save>}>
    {begun && <p class="alert alert-warning">Du fortsætter en kladde. Er det en anden borger, så tryk «Kassér kladden» nederst og begynd forfra.</p>}
    <FormBody found={found} focused={focused} submit={next} what="borger" discard={() => void discard('borgere')}>
      {at > 0 && <button type="button" class="button button-tertiary more-choices" onClick={() => turn(PAGES[at - 1]!)}>‹ Forrige trin</button>}
      {form.page === 'told' && <Inform form={form} change={change} error={found['how']} />}
      {form.page === 'asked' && <Answers scopes={SCOPES} language={form.language} form={form.answered} wrong={found}
        change={(news) => change({ answered: { ...form.answered, ...news } })} />}
      {form.page === 'facts' && <><FirstPractice form={form} change={change} wrong={found} /><PersonFields form={form} change={change} wrong={found} aged={form.answered.said.EVALUATION === 'GIVEN'} /></>}
      {form.page === 'card' && <Card form={form} />}
    </FormBody>
  </Screen>
}

function problems(form: NewPerson): Problems {
  if (!form.how) return { how: 'Vælg, hvordan borgeren fik det at vide.' }
  if (form.page === 'told') return {}
  if (!form.answered.said.TALK_RECORD) return { 'answer-TALK_RECORD': 'Spørg om korte noter: ja eller nej.' }
  return { ...answerProblems(form.answered), ...(form.page !== 'asked' && !form.practice_id ? { practice_id: 'Vælg den praksis, hvor du mødte borgeren.' } : {}) }
}

function Card({ form }: { form: NewPerson }) {
  return mayBeWritten(form)
    ? <><p><strong>Skriv koden på samtalekortet</strong>, og giv kortet til borgeren. Næste gang finder du borgeren med koden.</p><TalkCard code={form.code} language={form.language} /></>
    : <>
      <p>Borgeren sagde nej til korte noter. Samtalen kan skrives ned anonymt: kun tid, sted og bydel.</p>
      <a class="button button-primary wide" href="#/samtale/anonym">Anonym samtale, gem intet om borgeren</a>
      <p>Vil du gemme de øvrige svar på koden, så tryk «Gem». Giv da borgeren koden på et kort:</p><TalkCard code={form.code} language={form.language} /></>
}

/* Each page begins at its top, with the heading in focus. */
function useTop(page: Page): void {
  const first = useRef(true)
  useEffect(() => {
    if (first.current) { first.current = false; return }
    document.getElementById('indhold')!.scrollTop = 0
    document.querySelector<HTMLElement>('h1')!.focus({ preventScroll: true })
  }, [page])
}
