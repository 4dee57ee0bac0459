/* The samtalekort while it is written: the code sign by sign and as QR, whom to ring, and what for (domain.md 2.5). */
import { spokenCode } from '../rules/code'
import type { Language } from '../rules/information'
import { Qr } from './qr'
import { ownPhone, told } from './telling'

export function TalkCard({ code, language }: { code: string; language: Language }) {
  const { card, dir } = told(language)
  return <div class="talk-card">
    <p class="sr-only">Koden er {spokenCode(code)}.</p>
    <p class="big-code" aria-hidden="true">{[...code].map((sign, i) => <span key={i}>{sign}</span>)}</p>
    <Qr code={code} />
    <p lang={language} dir={dir}>{card.withdraw} <strong class="whole">{ownPhone()}</strong></p>
    <p lang={language} dir={dir}>{card.keep}</p>
  </div>
}
