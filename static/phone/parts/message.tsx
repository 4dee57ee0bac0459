/* The word to the user at the bottom of the screen: said aloud, and for ten seconds with a way back. */
import { signal } from '@preact/signals'
import { NotSaved, Outdated, type Saved } from '../notebook'
import { book } from './present'

interface Message { text: string; bad: boolean; undo: readonly string[]; until: number }
const message = signal<Message | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

export function say(text: string, { bad = false, saved }: { bad?: boolean; saved?: Saved } = {}): void {
  clearTimeout(timer)
  const until = saved?.undo_until ?? Date.now() + (bad ? 20_000 : 6_000)
  message.value = { text, bad, undo: saved?.undo_until ? saved.op_ids : [], until }
  timer = setTimeout(() => { message.value = null }, Math.max(1_000, until - Date.now()))
}

export function hush(): void {
  clearTimeout(timer)
  message.value = null
}

/* Nothing was written; the form stays as it is. */
export function sayNotSaved(error: unknown): void {
  const outdated = error instanceof NotSaved && error.cause instanceof Outdated
  say(outdated ? 'IKKE gemt. Luk appen, og åbn den igen: der er kommet en ny version.' : 'IKKE gemt. Telefonen kunne ikke skrive. Prøv igen.', { bad: true })
}

async function takeBack(op_ids: readonly string[]): Promise<void> {
  try {
    const { removed, reversed, too_late } = await book().undo(op_ids)
    if (too_late.length) say('Det er sendt og kan ikke fortrydes. Ret det på Status.', { bad: true })
    else if (reversed.length) say('Fortrudt. Sletningen sendes.')
    else if (removed.length) say('Fortrudt. Der er ikke sendt noget.')
  } catch {
    say('Det kunne ikke fortrydes. Registreringen er gemt.', { bad: true })
  }
}

export function Messages() {
  const shown = message.value
  return <div class="messages">
    <div role="status" class={shown ? `message${shown.bad ? ' message-bad' : ''}` : 'message-none'}>{shown?.text}</div>
    {shown && shown.undo.length > 0 &&
      <button type="button" class="button button-secondary message-undo" onClick={() => void takeBack(shown.undo)}>Fortryd</button>}
  </div>
}
