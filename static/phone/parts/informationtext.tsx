/* What the citizen is told before anything is written, in their language, to be read aloud by the adviser; and how it was given. */
import { useState } from 'preact/hooks'
import type { InformationGiven } from '../generated/records'
import { type Language, LANGUAGES } from '../rules/information'
import { One } from './chips'
import { Field } from './fields'
import { isPhone, keepOwnPhone, ownPhone, told } from './telling'
import { choices, label } from './words'

interface Telling { language: Language; how: InformationGiven['how'] | '' }
interface Part { form: Telling; change: (news: Partial<Telling>) => void; error: string | undefined }

export function Inform({ form, change, error }: Part) {
  return <>
    <One legend="Sprog" name="language" value={form.language} choose={(language) => change({ language: language as Language })}
      options={LANGUAGES.map(({ code }) => ({ value: code, label: label('language', code) }))} />
    <OwnPhone />
    <Text language={form.language} />
    <One legend="Hvordan fik borgeren det at vide?" name="how" value={form.how || null} error={error} options={choices('information_form')}
      choose={(how) => change({ how: how as InformationGiven['how'] })} />
  </>
}

/* Said wherever a translation is read to a citizen, until a translator has seen it. */
export const NotReviewed = ({ language }: { language: Language }) => told(language).reviewed ? null
  : <p class="alert alert-info">Oversættelsen er ikke gennemset af en tolk endnu. Brug tolk, når du er i tvivl.</p>

function Text({ language }: { language: Language }) {
  const { title, sections, dir } = told(language)
  return <>
    <NotReviewed language={language} />
    <p class="quiet">Læs højt, eller giv borgeren telefonen.</p>
    <article class="told" lang={language} dir={dir}>
      <h2>{title}</h2>
      {sections.map(({ key, heading, text }) => <section key={key}><h3>{heading}</h3><p>{text.join(' ')}</p></section>)}
    </article>
  </>
}

/* Asked once; it stays on the phone and stands in the text and on the card as the number to call. */
export function OwnPhone() {
  const [typed, type] = useState(ownPhone())
  const [asked] = useState(() => !ownPhone())
  if (!asked) return null
  const put = (value: string) => { type(value); if (isPhone(value)) keepOwnPhone(value) }
  return <Field id="own_phone" label="Dit telefonnummer" hint="Står i teksten, så borgeren kan ringe. Spørges kun én gang." value={typed} change={put}
    input={{ inputMode: 'tel', autoComplete: 'tel' }} />
}
