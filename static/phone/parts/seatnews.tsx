/* Told once and plainly: the run was full, and where the citizen stands now. Goes when the enrolment has been looked at. */
import { codeOf, movedDown, notYetSeen } from './runs'
import { spokenCode } from '../rules/code'

export function SeatNews() {
  return <>{notYetSeen().map(({ id, data }) => {
    const code = codeOf(data.citizen_id)
    return <p class="alert alert-warning" key={id}>
      <a href={`#/tilmelding/${id}`} aria-label={`${spokenCode(code)}: se tilmelding`}>{code}</a>: {movedDown(id)}</p>
  })}</>
}
