/* How long one cycles between two places: a guess that is shown as one (domain.md 2.15). */
import { distance, type Point } from './route'

const DETOUR = 1.3                          // streets do not go as the crow flies
const METRES_A_MINUTE = 15_000 / 60         // 15 km/h

export const cyclingMinutes = (a: Point, b: Point): number => (distance(a, b) * DETOUR) / METRES_A_MINUTE
