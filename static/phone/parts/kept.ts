/* A form that survives a killed app: kept as a draft, together with the address that opens it again. */
import { useRef, useState } from 'preact/hooks'
import type { Change } from '../notebook'
import { type Keeping, useDraft } from './draft'
import { say, sayNotSaved } from './message'
import { book } from './present'
import { route } from './route'

export interface Kept<T> { form: T; open: boolean; at: string }

/* `clean`: the form as it may lie on the disk. */
export function useKept<T extends object>(key: string, start: () => T, clean = (form: T): T => form): { form: T; change: (news: Partial<T>) => void; keeping: Keeping } {
  const [form, put] = useState<T>(() => book().draft<Kept<T>>(key)?.form ?? start())
  const [at] = useState(() => route.peek())
  const keeping = useDraft(key, (open): Kept<T> => ({ form: clean(form), open, at }), form)
  return { form, change: (news) => put((was) => ({ ...was, ...news })), keeping }
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
