/* Something closed for the server: one op as a letter, or what goes with many. */
import type { BoxKey } from '../keys/box'

export const aboutLetter = (user_id: string, op_id: string): string => `op|${user_id}|${op_id}`

export async function closed(key: BoxKey, about: string, content: object): Promise<string> {
  const { sealedFor } = await import('../keys/box')
  return sealedFor(key, about, new TextEncoder().encode(JSON.stringify(content)))
}
