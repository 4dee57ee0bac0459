// The records of every work, the same for us and the peers: visits as an adviser writes them, some 600 bytes of JSON each.
// Seeded, and run by Node (seeding, load) and by the browser alike. Notes are drawn word by word, the frequent ones more
// often, so that they squeeze as real text does.
const WORDS = `og at det en den til er på de med han af for ikke der var et har om vi havde nu over da fra ud sin dem op hvor eller
hvad skal her alle vil blev kunne ind når være noget ville efter ned skulle denne dette også under anden meget mod hvis nogle hos blive
bliver været samtalen trappen døren aftale tilbage næste uge igen ønsker mere viden tilbud kommunen lægen arbejde sygemeldt sygemelding
ringe skrive komme besøg besøget møde mødet mandag tirsdag onsdag torsdag fredag formiddag eftermiddag klokken brev folder pjece
telefon adresse venteværelset første anden højre venstre virker virkede ingen snakkede længe kort grundigt emnet sundhed sygehus
ventetid støtte økonomi regning forening frivillig vigtigt problemet løsningen forslag spørgsmål svar svarede forklarede fortalte nævnte
spurgte foreslog mente syntes håber tror ved kender glemte mangler brug for tolk arabisk tyrkisk polsk engelsk dansk år måneder dage
siden snart straks senere tidligere aldrig altid ofte sjældent måske sikkert heldigvis desværre derfor fordi selvom blandt andet samt både
enten kræver opfølgning rolig stemning god dårlig bedre stabil uændret oplysninger kontakt sagsbehandler socialrådgiver sygeplejerske
fysioterapeut sekretær læge klinik praksis reception skranke opslag tavle plakat kursus hold plads tilmelding cykel regn`.split(/\s+/)
const PURPOSES = ['REGULAR', 'REGULAR', 'REGULAR', 'INTRODUCTION', 'PATIENT_TALK', 'GP_SPARRING', 'MATERIAL', 'COURSE_INFO']
const ROLES = ['DOCTOR', 'NURSE', 'SECRETARY', 'MANAGER']
const OUTCOMES = ['COMPLETED', 'COMPLETED', 'COMPLETED', 'DESK_ONLY']
const RESPONSIBLE = ['ADVISER', 'GP', 'CASEWORKER']
const DAY = 86_400_000
const EVERY = 20 * 60_000        // further apart than two visits that look like one
export const PRACTICES = 40

// sfc32: a small seeded generator of good quality
export function dice(seed) {
  let a = 0x9e3779b9 ^ seed, b = 0x243f6a88, c = 0xb7e15162, d = 1 + (seed | 0)
  const roll = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) roll()
  return roll
}

export function uuid(roll) {
  const bytes = Array.from({ length: 16 }, () => (roll() * 256) | 0)
  bytes[6] = (bytes[6] & 15) | 0x70
  bytes[8] = (bytes[8] & 63) | 128
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const pick = (roll, list) => list[(roll() * list.length) | 0]

function text(roll, least, most) {
  const end = least + roll() * (most - least - 16)
  let words = ''
  for (let start = true; words.length < end;) {
    const word = WORDS[Math.min(WORDS.length - 1, (roll() ** 1.6 * WORDS.length) | 0)]
    words += start ? word[0].toUpperCase() + word.slice(1) : word
    start = roll() < 0.1
    words += start ? '. ' : ' '
  }
  return words.trim().slice(0, most)
}

const on = (instant) => new Date(instant).toISOString().slice(0, 10)
export const practices = () => Array.from({ length: PRACTICES }, (_, i) => uuid(dice(9000 + i)))
const AT = practices()

function visit(i, roll, first) {
  const at = first + i * EVERY
  return {
    id: uuid(roll), kind: 'visit', author_id: 'b5f0a1d2-3c4e-7f60-8a9b-0c1d2e3f4a5b', made_at: new Date(at + 25 * 60_000).toISOString(),
    practice_id: pick(roll, AT), occurred_at: new Date(at).toISOString(), minutes: 5 + ((roll() * 40) | 0), mode: 'IN_PERSON',
    purpose: pick(roll, PURPOSES), met_roles: [...new Set([pick(roll, ROLES), pick(roll, ROLES)])], outcome: pick(roll, OUTCOMES),
    next_visit_on: on(at + 28 * DAY), follow_up: text(roll, 40, 80), follow_up_on: on(at + 7 * DAY), follow_up_by: pick(roll, RESPONSIBLE),
    note: text(roll, 100, 140),
  }
}

/** `count` visits, the last of them yesterday at the latest however many there are (up to 10,000). */
export function records(count, seed = 1, today = Date.now()) {
  const roll = dice(seed)
  const first = Math.floor(today / DAY) * DAY - 145 * DAY
  return Array.from({ length: count }, (_, i) => visit(i, roll, first))
}
