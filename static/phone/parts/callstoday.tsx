/* The calls of the day in one line on I dag: how many, never whose. */
import { callsDue } from './calls'
import { count } from './words'

export function CallsToday() {
  const calls = callsDue().filter(({ counts }) => counts).length
  return calls ? <ul class="list"><li><a href="#/opfoelgning"><strong>Opfølgning</strong><span>{count(calls, 'borger', 'borgere')} kan ringes op nu</span></a></li></ul> : null
}
