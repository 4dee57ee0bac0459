/* A citizen's code: seen as it stands on the card, heard sign by sign. */
import { spokenCode } from '../rules/code'

export const Code = ({ code }: { code: string }) =>
  <span class="code"><span aria-hidden="true">{code}</span><span class="sr-only">{spokenCode(code)}</span></span>
