/* The postbox: what the phone has closed for the server, where its worker finds it while nobody has the key. Sealed copies only: what
   counts lies in the notebook's outbox. In the browser's cache store, because the worker never opens a database. */

/* box: null once it was handed in, or cannot be; `key`, `credential`, `epoch`: what it was closed and addressed with. */
export interface Letter {
  user_id: string; op_id: string; device_seq: number; device_id: string; credential: string; epoch: string; key: string
  box: string | null; received?: boolean; hold_until?: number
}

const NAME = 'raadgiver-post'
const placeOf = ({ user_id, op_id }: Pick<Letter, 'user_id' | 'op_id'>) => `/post/${user_id}/${op_id}`

export const hasPostbox = (): boolean => 'caches' in globalThis

export async function putLetter(letter: Letter): Promise<void> {
  await (await caches.open(NAME)).put(placeOf(letter), new Response(JSON.stringify(letter)))
}

export async function takeLetter(letter: Pick<Letter, 'user_id' | 'op_id'>): Promise<void> {
  await (await caches.open(NAME)).delete(placeOf(letter))
}

/* In the order they were written; of everybody, or of one user. */
export async function letters(user_id?: string): Promise<Letter[]> {
  if (!hasPostbox() || !await caches.has(NAME)) return []
  const box = await caches.open(NAME)
  const found = await Promise.all((await box.keys()).map(async (place) => (await box.match(place))?.json() as Promise<Letter> | undefined))
  return found.filter((one) => one !== undefined && (user_id === undefined || one.user_id === user_id))
    .sort((a, b) => a!.device_seq - b!.device_seq) as Letter[]
}

/* Before unsent work is deleted on its author's word: nothing of it may arrive after that. */
export async function emptyPostbox(user_id: string): Promise<void> {
  for (const letter of await letters(user_id)) await takeLetter(letter)
}
