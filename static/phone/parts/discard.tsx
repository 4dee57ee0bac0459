/* Throws a draft away, after one question: what is written is not lost by one wet tap. */
import { useState } from 'preact/hooks'
import { Sheet } from './sheet'

export function Discard({ discard, what }: { discard: () => void; what: string }) {
  const [asking, ask] = useState(false)
  return <>
    <button type="button" class="button button-tertiary wide" onClick={() => ask(true)}>Kassér kladden</button>
    {asking && <Sheet title="Kassér kladden?" close={() => ask(false)}>
      <p>Det, du har skrevet her, forsvinder. Det er ikke gemt som {what}.</p>
      <button type="button" class="button button-warning wide" onClick={discard}>Kassér</button>
    </Sheet>}
  </>
}
