/* Fields that are typed in, each with its label, its hint and its error in words; and the list of errors on top of a form. */
import type { InputHTMLAttributes } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export type Problems = Record<string, string>
interface FieldProps {
  id: string; label: string; value: string; change: (value: string) => void
  hint?: string; error?: string | undefined; type?: 'text' | 'date' | 'time' | 'email' | 'password' | 'search'
  input?: Pick<InputHTMLAttributes, 'inputMode' | 'autoComplete' | 'max' | 'min' | 'maxLength' | 'enterKeyHint' | 'autoFocus'>
}

export function Field({ id, label, value, change, hint, error, type = 'text', input }: FieldProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return <div class={`form-group${error ? ' form-error' : ''}`}>
    <label class="form-label" for={id}>{label}</label>
    {hint && <span class="form-hint" id={`${id}-hint`}>{hint}</span>}
    {error && <span class="form-error-message" id={`${id}-error`}><span class="sr-only">Fejl: </span>{error}</span>}
    <input class="form-input" id={id} name={id} type={type as 'text'} value={value} spellcheck={false} {...input}
      aria-invalid={error ? true : undefined} aria-describedby={described || undefined}
      onInput={(event) => change(event.currentTarget.value)} />
  </div>
}

/* Takes the focus when it appears, and leads to each field. */
export function ErrorSummary({ problems }: { problems: Problems }) {
  const box = useRef<HTMLDivElement>(null)
  const found = Object.entries(problems)
  useEffect(() => { if (found.length) box.current?.focus() }, [found.map(([id]) => id).join()])
  if (!found.length) return null
  return <div class="alert alert-error" ref={box} tabIndex={-1} role="alert">
    <h2 class="alert-heading">{found.length === 1 ? 'Én ting skal rettes' : `${found.length} ting skal rettes`}</h2>
    <ul class="nobullet-list">{found.map(([id, words]) => <li key={id}>
      <a href={`#${id}`} onClick={(event) => { event.preventDefault(); reach(id) }}>{words}</a></li>)}</ul>
  </div>
}

export function reach(id: string): void {
  const place = document.getElementById(id)
  place?.closest('details')?.setAttribute('open', '')
  place?.focus()
  place?.scrollIntoView({ block: 'center' })
}
