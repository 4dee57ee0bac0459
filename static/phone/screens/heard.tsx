/* "Blev du hørt?": the citizen answers in their own language; the answer hangs on nobody and no talk. */
import { useRef } from 'preact/hooks'
import type { HeardAnswer } from '../generated/records'
import { today } from '../parts/calendar'
import { Screen } from '../parts/frame'
import { say, sayNotSaved } from '../parts/message'
import { book } from '../parts/present'
import { go } from '../parts/route'
import { told } from '../parts/telling'
import { type Language, LANGUAGES } from '../rules/information'
import { label } from '../parts/words'

const ANSWERS = ['5', '4', '3', '2', '1'] as const

export function Heard({ language }: { language: string }) {
  const spoken: Language = LANGUAGES.find(({ code }) => code === language)?.code ?? 'da'
  const { heard, dir } = told(spoken)
  const saving = useRef(false)
  const answer = async (value: HeardAnswer['answer']) => {
    if (saving.current) return
    saving.current = true
    try {
      const saved = await book().save([{ kind: 'heard_answer', action: 'create', set: { answer: value, answered_on: today() } }], { undoable: true })
      go('', true)
      say('Tak. Svaret er gemt og hører ikke til nogen.', { saved })
    } catch (error) {
      saving.current = false
      sayNotSaved(error)
    }
  }
  return <Screen title="Blev du hørt?" heading={<span lang={spoken} dir={dir}>{heard.question}</span>} lead={<span lang={spoken} dir={dir}>{heard.anonymous}</span>} back={{ to: '', label: 'Spring over' }}>
    <div class="answers" lang={spoken} dir={dir}>{ANSWERS.map((value) =>
      <button type="button" class="button button-secondary wide" key={value} onClick={() => void answer(value)}>{heard.answers[value]}</button>)}</div>
    <details class="more"><summary>{label('language', spoken)} · Skift sprog</summary>
      <div class="chips">{LANGUAGES.map(({ code, name }) => <button type="button" class="chip-button" key={code} lang={code} aria-pressed={code === spoken}
        onClick={() => go(`hoert/${code}`, true)}>{name}</button>)}</div></details>
  </Screen>
}
