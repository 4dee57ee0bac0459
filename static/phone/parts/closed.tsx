/* Nobody could receive us: the second tap saves, with a new date proposed. */
import { useRef, useState } from 'preact/hooks'
import type { Practice } from '../generated/records'
import { newId } from '../notebook'
import { futileVisit } from '../rules/visit_defaults'
import { addDays, dayWords, openDay, today } from './calendar'
import { One } from './chips'
import { say, sayNotSaved } from './message'
import { tryAgainOn } from './places'
import { duePlans, plansDone } from './plans'
import { book, row } from './present'
import { Sheet } from './sheet'
import { draftKey } from './visiting'

export function Closed({ practice, name, close }: { practice: string; name: string; close: () => void }) {
  const data = row('practice', practice)?.data
  const [again, choose] = useState(tryAgainOn(data))
  const saving = useRef(false)
  const save = async (outcome: 'CLOSED' | 'NO_TIME') => {
    if (saving.current) return
    saving.current = true
    const set = futileVisit({ practiceId: practice, now: Date.now(), plannedPurpose: duePlans(practice, today())[0]?.data.purpose }, outcome, again)
    try {
      const id = newId()
      const saved = await book().save([{ kind: 'visit', action: 'create', id, set }, ...plansDone(practice, today(), id)], { undoable: true, draft: draftKey(practice) })
      close()
      say(again ? `Gemt på telefonen. Nyt forsøg: ${dayWords(again)}` : 'Gemt på telefonen', { saved })
    } catch (error) {
      saving.current = false
      sayNotSaved(error)
    }
  }
  return <Sheet title={`Ingen besøg hos ${name}`} close={close}>
    <div class="pair">
      <button type="button" class="button button-primary" onClick={() => void save('CLOSED')}>Lukket</button>
      <button type="button" class="button button-primary" onClick={() => void save('NO_TIME')}>Ingen tid</button>
    </div>
    <One legend="Nyt forsøg" name={`again-${practice}`} value={again} choose={choose} options={proposals(data)} />
  </Sheet>
}

function proposals(data: Practice | undefined): { value: string; label: string }[] {
  const days = [openDay(addDays(today(), 1), data), tryAgainOn(data), openDay(addDays(today(), 14), data)]
  return [...[...new Set(days)].map((day) => ({ value: day, label: dayWords(day) })), { value: '', label: 'Ikke aftalt' }]
}
