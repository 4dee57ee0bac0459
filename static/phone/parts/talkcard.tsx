/* The samtalekort while it is written: the code sign by sign, and as QR. */
import { spokenCode } from '../rules/code'
import { Qr } from './qr'

export function TalkCard({ code }: { code: string }) {
  return <div class="talk-card">
    <p class="sr-only">Koden er {spokenCode(code)}.</p>
    <p class="big-code" aria-hidden="true">{[...code].map((sign, i) => <span key={i}>{sign}</span>)}</p>
    <Qr code={code} />
  </div>
}
