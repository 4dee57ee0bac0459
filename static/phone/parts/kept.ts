/* A form that survives a killed app: kept as a draft, together with the address that opens it again. */
import { useRef, useState } from 'preact/hooks'
import type { Change } from '../notebook'
import { type Keeping, useDraft } from './draft'
import { say, sayNotSaved } from './message'
import { book } from './present'
import { route } from './route'

/* `at`: where the form was open, so that a killed app opens there again; `focus`: the field one was at; `seen`: the record as it stood. */
export interface Kept<F> { form: F; at: string; open?: boolean; focus?: string | undefined; seen?: unknown }

/* `clean`: the form as it may lie on the disk; `more`: what is kept beside it. */
export function useKept<F>(key: string, start: () => F, clean = (form: F): F => form, more: (kept: Kept<F> | null) => Partial<Kept<F>> = () => ({})) {
  const [kept] = useState(() => book().draft<Kept<F>>(key))
  const [at] = useState(() => route.peek())
  const [form, put] = useState<F>(() => kept?.form ?? start())
  const keeping = useDraft(key, (open): Kept<F> => ({ form: clean(form), at, open, ...more(kept) }), form)
  return { form, change: (news: Partial<F>) => put((was) => ({ ...was, ...news })), keeping, kept }
}

/* `stays`: the form is still there after the save, empty, and is kept again from then on. */
interface Saving { done?: string; draft?: string; keeping?: Keeping; then?: () => void; stays?: boolean }
const SAME_FINGER_MS = 400

/* Saves once, however often it is tapped; `then` leads on before the word is said. */
export function useSave(): (changes: readonly Change[], how?: Saving) => Promise<boolean> {
  const saving = useRef(false)
  return async (changes, { done = 'Gemt på telefonen', draft, keeping, then, stays } = {}) => {
    if (saving.current) return false
    saving.current = true
    keeping?.stop()
    try {
      const saved = await book().save(changes, { undoable: true, ...(draft ? { draft } : {}) })
      then?.()
      if (stays) keeping?.again()
      say(saved.op_ids.length ? done : 'Der er ikke ændret noget.', { saved })
      return true
    } catch (error) {
      keeping?.resume()
      sayNotSaved(error)
      return false
    } finally {
      setTimeout(() => { saving.current = false }, SAME_FINGER_MS)
    }
  }
}
