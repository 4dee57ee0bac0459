/* The second half of a double tap belongs to what the first one hit. When that has gone, it hits nothing:
   a shaking thumb that saves and comes to another screen presses no button there. */
const control = (event: Event) => event.target instanceof Element ? event.target.closest('a, button, input, label, select, summary, textarea') : null

export function startDoubleTaps(): void {
  let first: Element | null = null
  document.addEventListener('click', (event) => {
    const now = control(event)
    if (event.detail < 2) { first = now; return }
    if (now === first) return
    event.preventDefault()
    event.stopPropagation()
  }, { capture: true })
}
