/* The state line: what has become of the user's work, in words. Read first in the morning, last in the evening. */
import type { LineState } from '../line'
import { when } from './calendar'
import { watched } from './present'
import { count } from './words'

export interface Words { text: string; tone: 'good' | 'wait' | 'act' }

export function inWords(state: LineState): Words {
  const notebook = watched()
  const [fix, settle] = [notebook.tray().length, notebook.conflicts().length]
  if (fix) return { text: `${fix} skal rettes`, tone: 'act' }
  if (settle) return { text: `${settle} skal afklares`, tone: 'act' }
  switch (state.phase) {
    case 'SIGN_IN': return { text: state.waiting ? `Log ind for at sende ${state.waiting}` : 'Log ind igen', tone: 'act' }
    case 'REVOKED': return { text: 'Telefonen er spærret', tone: 'act' }
    case 'UPDATE_APP': return { text: 'Opdatér appen', tone: 'act' }
    case 'ASKS_REMOVAL': return { text: 'Spørgsmål på Status', tone: 'act' }
  }
  if (state.sending) return { text: `Sender ${state.sending} …`, tone: 'wait' }
  const lost = state.phase === 'NO_ANSWER' || state.phase === 'TROUBLE' || !state.last_ok_at
  if (state.waiting) return { text: lost ? `${state.waiting} venter på net` : `${state.waiting} venter · sendes om lidt`, tone: 'wait' }
  if (firstFetch(state)) return { text: 'Henter det, du skal bruge …', tone: 'wait' }
  return { text: state.last_ok_at ? `Alt gemt · ${when(state.last_ok_at)}` : 'Intet venter', tone: 'good' }
}

/* A new phone has nothing to show until its first round is through; a screen that is empty says whether one is under way. */
export const firstFetch = ({ phase, last_ok_at }: LineState): boolean => !last_ok_at && (phase === 'IDLE' || phase === 'SENDING' || phase === 'FETCHING')

export const waitingWords = (n: number): string => count(n, 'registrering', 'registreringer')
