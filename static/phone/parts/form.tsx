/* A form that survives anything: kept while it is written, opened again at the same field, saved once however often one taps. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Saved } from '../notebook'
import { Discard } from './discard'
import { ErrorSummary, type Problems, reach } from './fields'
import { useKept } from './kept'
import { sayNotSaved } from './message'
import { book } from './present'
import { go, query } from './route'

/* `clean`: the form as it may lie on the disk; `seen`: the record as it stood when the form was opened; `beside`: what lay in the draft
   before there was a form, and still does when the form is thrown away. */
export interface Making<F> { key: string; start: () => F; clean?: (form: F) => F; wrong?: Problems; seen?: unknown; beside?: object | undefined }

export function useForm<F>({ key, start, clean = (form) => form, wrong = {}, seen, beside }: Making<F>) {
  const [opened] = useState(seen)
  const [found, show] = useState<Problems>(wrong)
  const [saving, touched] = [useRef(false), useRef<string | undefined>(undefined)]
  const { form, change, keeping, kept } = useKept(key, start, clean, (was) => ({ ...beside, focus: touched.current ?? was?.focus, seen: was?.seen ?? opened }))
  useEffect(() => { const field = query('felt') ?? kept?.focus; if (field) reach(field) }, [])

  /* Problems are shown and nothing is written; else `write`, then `after`. A second tap meanwhile is the same tap. */
  const save = async (problems: Problems, write: (form: F) => Promise<Saved>, after: (saved: Saved) => void) => {
    if (saving.current) return
    show(problems)
    if (Object.keys(problems).length) return
    saving.current = true
    keeping.stop()
    try {
      after(await write(form))
    } catch (error) {
      saving.current = false
      keeping.resume()
      sayNotSaved(error)
    }
  }
  const discard = async (to: string) => {
    keeping.stop()
    await (beside ? book().putDraft(key, beside) : book().dropDraft(key)).catch(() => {})
    go(to, true)
  }
  return { form, change, found, show, save, discard, seen: kept?.seen ?? opened, begun: Boolean(kept?.form), focused: (id: string) => { touched.current = id } }
}

interface BodyProps { found: Problems; focused: (id: string) => void; submit: () => void; discard?: () => void; what: string; children: ComponentChildren }

export function FormBody({ found, focused, submit, discard, what, children }: BodyProps) {
  return <form noValidate onSubmit={(event) => { event.preventDefault(); submit() }}
    onFocusIn={(event) => { const { id } = event.target as HTMLElement; if (id) focused(id) }}>
    <ErrorSummary problems={found} />
    {children}
    {discard && <Discard discard={discard} what={what} />}
  </form>
}

/* The one main button. */
export const Save = ({ save, children = 'Gem' }: { save: () => void; children?: string }) =>
  <button type="button" class="button button-primary main-button" onClick={save}>{children}</button>
