/* What the line can say about itself, in words the screens can show. */

export type Phase =
  | 'IDLE'            // nothing in flight
  | 'SENDING'         // `sending` ops are under way
  | 'FETCHING'        // reading news from the server
  | 'NO_ANSWER'       // no network, or something between us and the server; tries again by itself at `next_try_at`
  | 'TROUBLE'         // the server answered that it cannot just now; tries again by itself at `next_try_at`
  | 'SIGN_IN'         // "Log ind for at sende 12 registreringer. De ligger sikkert på telefonen."
  | 'UPDATE_APP'      // this app is too old to send
  | 'REVOKED'         // the coordinator has shut this phone out; see `revoked`
  | 'ASKS_REMOVAL'    // the server's view would remove `removal` records from this phone: confirmRemoval() or not

export interface LineState {
  phase: Phase
  waiting: number                     // ops not sent
  oldest: string | null               // made_at of the oldest of them
  sending: number
  last_ok_at: string | null           // server time of the last whole round (push and pull both through)
  next_try_at: number | null          // Date.now() of the next try, when backing off
  message: string | null              // Danish, from the server, free of personal data
  revoked: 'lock' | 'wipe' | null
  removal: number
  clock_off_minutes: number           // phone minus server; show a notice when more than 10
}

/* What the server says has become of one op. */
export interface Receipt { op_id: string; status: string; code?: string; seq?: number }
