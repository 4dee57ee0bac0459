/* A passkey: the browser answers the page's challenge with the owner's finger or PIN, and the form carries the answer. */

export function passkeyForm(form: HTMLFormElement): void {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return // no passkeys here: the form stays hidden
  form.hidden = false
  const field = form.elements.namedItem('answer') as HTMLInputElement
  form.addEventListener('submit', (event) => {
    if (field.value) return
    event.preventDefault()
    answer(form).then((credential) => {
      field.value = JSON.stringify(credential)
      form.requestSubmit()
    }).catch(() => {
      form.querySelector('[role="status"]')!.textContent = 'Det lykkedes ikke. Prøv igen, eller brug din adgangssætning.'
    })
  })
}

async function answer(form: HTMLFormElement): Promise<unknown> {
  const options = JSON.parse(form.dataset['options']!)
  const credential = form.dataset['passkey'] === 'create'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  return (credential as PublicKeyCredential).toJSON()
}
