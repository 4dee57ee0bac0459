/* The browser asks before a page with typed, unsent text is left. */

export function warnBeforeLeaving(form: HTMLFormElement): void {
  let typed = false
  form.addEventListener('input', () => { typed = true })
  form.addEventListener('submit', () => { typed = false })
  window.addEventListener('beforeunload', (event) => { if (typed) event.preventDefault() })
}
