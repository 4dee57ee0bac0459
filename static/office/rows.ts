/* A button that adds an empty row to a list field. Rows are numbered in the names and ids of their inputs: doctors-0-name. */

export function moreRows(field: HTMLElement): void {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-secondary'
  button.textContent = 'Tilføj række'
  button.addEventListener('click', () => addRow(field, button))
  field.append(button)
}

function addRow(field: HTMLElement, button: HTMLElement): void {
  const rows = field.querySelectorAll<HTMLElement>('[data-row]')
  const last = rows[rows.length - 1]
  if (!last) return
  const fresh = last.cloneNode(true) as HTMLElement
  fresh.setAttribute('aria-label', (fresh.getAttribute('aria-label') ?? '').replace(/\d+$/, String(rows.length + 1)))
  for (const label of fresh.querySelectorAll('label')) label.htmlFor = renumbered(label.htmlFor, rows.length)
  for (const input of fresh.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
    input.id = input.name = renumbered(input.name, rows.length)
    input.value = ''
  }
  field.insertBefore(fresh, button)
  fresh.querySelector<HTMLElement>('input, select')?.focus()
}

function renumbered(name: string, number: number): string {
  return name.replace(/-\d+-/, `-${number}-`)
}
