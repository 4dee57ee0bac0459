/* Small help on pages that work without it: more rows in a list field, focus on the errors, a warning before typed text is lost, passkeys. */
import { passkeyForm } from './passkey'
import { moreRows } from './rows'
import { warnBeforeLeaving } from './unsaved'

for (const field of document.querySelectorAll<HTMLElement>('[data-rows]')) moreRows(field)
for (const form of document.querySelectorAll<HTMLFormElement>('main form[method="post"]')) warnBeforeLeaving(form)
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) passkeyForm(form)

const errors = document.getElementById('fejl')
if (errors) {
  errors.tabIndex = -1
  errors.focus()
}
