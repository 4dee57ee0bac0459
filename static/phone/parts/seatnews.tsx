/* Told once and plainly: the run was full, and where the citizen stands now. Goes when the enrolment has been looked at. */
import { codeOf } from './citizens'
import { movedDown, notYetSeen } from './runs'
import { Code } from './code'

export function SeatNews() {
  return <>{notYetSeen().map(({ id, data }) => <p class="alert alert-warning" key={id}>
    <a href={`#/tilmelding/${id}`}><Code code={codeOf(data.citizen_id)} /></a>: {movedDown(id)}</p>)}</>
}
