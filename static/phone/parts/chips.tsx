/* Choices that are tapped, never a drop-down: native radios and checkboxes, drawn as chips. */
interface Choice { value: string; label: string }
interface ChipsProps { legend: string; name: string; options: readonly Choice[]; hint?: string | undefined; error?: string | undefined }

export function One({ value, choose, ...rest }: ChipsProps & { value: string | null; choose: (value: string) => void }) {
  return <Group {...rest} kind="radio" chosen={(option) => option === value} toggle={choose} />
}

export function Many({ value, choose, ...rest }: ChipsProps & { value: readonly string[]; choose: (value: string[]) => void }) {
  const toggle = (option: string) => choose(value.includes(option) ? value.filter((other) => other !== option) : [...value, option])
  return <Group {...rest} kind="checkbox" chosen={(option) => value.includes(option)} toggle={toggle} />
}

type GroupProps = ChipsProps & { kind: 'radio' | 'checkbox'; chosen: (value: string) => boolean; toggle: (value: string) => void }

function Group({ legend, name, options, hint, error, kind, chosen, toggle }: GroupProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return <fieldset class={`form-group${error ? ' form-error' : ''}`} id={name} tabIndex={-1} aria-describedby={described || undefined}>
    <legend class="form-label">{legend}</legend>
    {hint && <span class="form-hint" id={`${name}-hint`}>{hint}</span>}
    {error && <span class="form-error-message" id={`${name}-error`}><span class="sr-only">Fejl: </span>{error}</span>}
    <div class="chips">
      {options.map(({ value, label }) => <span class="chip" key={value}>
        <input type={kind as 'radio'} id={`${name}-${value}`} name={name} value={value} checked={chosen(value)} onChange={() => toggle(value)} />
        <label for={`${name}-${value}`}>{label}</label>
      </span>)}
    </div>
  </fieldset>
}
