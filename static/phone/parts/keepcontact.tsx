/* Offers to keep a number with the server when the citizen has said yes to being called; nothing of it stays on the phone. */
import { useState } from 'preact/hooks'
import { keepContact } from '../line'
import { may } from '../rules/gates'
import { today } from './calendar'
import { consentsOf } from './citizens'
import { Field } from './fields'
import { say } from './message'
import { line } from './present'

export function KeepContact({ citizen }: { citizen: string }) {
  const [{ phone, name }, put] = useState({ phone: '', name: '' })
  const [busy, work] = useState(false)
  if (!may('KEEP_PHONE_NUMBER', consentsOf(citizen), today(), today())) return null
  const digits = phone.replace(/\D/g, '').replace(/^(00)?45(?=\d{8}$)/, '')
  const keep = async () => {
    if (busy) return
    if (digits.length !== 8) return say('Skriv et telefonnummer med otte cifre.', { bad: true })
    if (!name.trim()) return say('Skriv, hvad borgeren vil kaldes.', { bad: true })
    work(true)
    const told = await keepContact(line(), citizen, { phone: digits, name: name.trim() })
    work(false)
    if (!told.ok) return say(told.words, { bad: true })
    put({ phone: '', name: '' })
    say('Nummeret ligger hos serveren. Det kommer kun frem på dagen for et opkald.')
  }
  return <details class="more"><summary>Gem nummer til opfølgning</summary>
    <p class="quiet">Gemmes kun hos serveren og kræver net. Slettes efter 12 måneder, eller når borgeren trækker sit ja tilbage.</p>
    <Field id="contact-phone" label="Telefon" value={phone} change={(value) => put({ phone: value, name })} input={{ inputMode: 'tel' as 'numeric', autoComplete: 'off', maxLength: 16 }} />
    <Field id="contact-name" label="Vil kaldes" hint="Kun fornavn eller kaldenavn" value={name} change={(value) => put({ phone, name: value })} input={{ autoComplete: 'off', maxLength: 40 }} />
    <button type="button" class="button button-secondary wide" aria-disabled={busy} onClick={() => void keep()}>Gem hos serveren</button>
  </details>
}
