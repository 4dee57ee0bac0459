/* Starts the phone: who was here last, the notebook, then the screen the address names. Needs no net. */
import { effect, untracked } from '@preact/signals'
import { render, type VNode } from 'preact'
import { remembered, wrapOf } from './notebook'
import { today } from './parts/calendar'
import { startDoubleTaps } from './parts/doubletap'
import { goOnEmptying } from './parts/emptying'
import { InstallFirst, mustInstall, startInstall } from './parts/install'
import type { Kept } from './parts/kept'
import { fetchAhead, later } from './parts/later'
import { lockNow, startLocking } from './parts/locking'
import { book, emptied, locked, reaching, startClock, user } from './parts/present'
import { go, path, startRoutes } from './parts/route'
import { applyTheme, type Theme } from './parts/theme'
import { startWorker } from './parts/worker'
import { Handout } from './screens/handout'
import { Help } from './screens/help'
import { Missing } from './screens/missing'
import { More } from './screens/more'
import { Practice } from './screens/practice'
import { Practices } from './screens/practices'
import { SignIn } from './screens/signin'
import { SignOut } from './screens/signout'
import { Status } from './screens/status'
import { Today } from './screens/today'
import { Unlock } from './screens/unlock'
import { NewVisit, OldVisit } from './screens/visit'

/* What the first screen does not need is fetched when it stands. */
const citizenSide = () => import('./screens/citizenside')
const toldSide = () => import('./screens/toldside')
const courseSide = () => import('./screens/courseside')
const Anonymous = later(async () => (await citizenSide()).Anonymous)
const Citizen = later(async () => (await citizenSide()).Citizen)
const CitizenCard = later(async () => (await toldSide()).CitizenCard)
const Citizens = later(async () => (await citizenSide()).Citizens)
const Consent = later(async () => (await toldSide()).Consent)
const EditCitizen = later(async () => (await citizenSide()).EditCitizen)
const Heard = later(async () => (await toldSide()).Heard)
const Information = later(async () => (await toldSide()).Information)
const NewCitizen = later(async () => (await toldSide()).NewCitizen)
const NewTalk = later(async () => (await citizenSide()).NewTalk)
const OldTalk = later(async () => (await citizenSide()).OldTalk)
const Attendance = later(async () => (await courseSide()).Attendance)
const Attendances = later(async () => (await courseSide()).Attendances)
const Bag = later(async () => (await courseSide()).Bag)
const Contact = later(async () => (await courseSide()).Contact)
const Course = later(async () => (await courseSide()).Course)
const Courses = later(async () => (await courseSide()).Courses)
const Enrol = later(async () => (await courseSide()).Enrol)
const Enrolment = later(async () => (await courseSide()).Enrolment)
const FollowUp = later(async () => (await courseSide()).FollowUp)
const FollowUps = later(async () => (await courseSide()).FollowUps)
const Search = later(async () => (await courseSide()).Search)
const Time = later(async () => (await courseSide()).Time)
const TimeMonth = later(async () => (await courseSide()).TimeMonth)
const Withdraw = later(async () => (await citizenSide()).Withdraw)
const OnlyWriting = later(async () => (await import('./screens/onlywriting')).OnlyWriting)
const Rescue = later(async () => (await import('./screens/rescue')).Rescue)
const Passkey = later(async () => (await import('./screens/passkey')).Passkey)
const Fix = later(async () => (await import('./screens/fix')).Fix)
const Scan = later(async () => (await import('./screens/scan')).Scan)

function screen([place = '', one = '', two = '']: string[]): VNode {
  switch (place) {
    case '': return <Today />
    case 'praksisser': return <Practices />
    case 'praksis': return <Practice key={one} id={one} />
    case 'ny': return one === 'samtale' ? <Citizens key="samtale" pick /> : one === 'uddeling' ? <Practices key="uddeling" pick="uddeling" /> : <Practices key="besoeg" pick="besoeg" />
    case 'besoeg': return one === 'ny' ? <NewVisit key={two} practice={two} /> : <OldVisit key={one} visit={one} />
    case 'uddeling': return <Handout key={one} practice={one} />
    case 'borgere': return <Citizens />
    case 'borger': return one === 'ny' ? <NewCitizen /> : two === 'ret' ? <EditCitizen key={one} id={one} /> : two === 'kort' ? <CitizenCard key={one} id={one} /> : <Citizen key={one} id={one} />
    case 'samtale': return one === 'anonym' ? <Anonymous /> : one === 'ny' ? <NewTalk key={two} citizen={two} /> : <OldTalk key={one} talk={one} />
    case 'samtykke': return <Consent key={one} citizen={one} />
    case 'fortryd': return <Withdraw key={one} citizen={one} />
    case 'oplysning': return <Information key={one} citizen={one} />
    case 'hoert': return <Heard key={one} language={one} />
    case 'scan': return <Scan />
    case 'kurser': return <Courses />
    case 'kursus': return <Course key={one} id={one} />
    case 'tilmeld': return <Enrol key={one} citizen={one} />
    case 'tilmelding': return <Enrolment key={one} id={one} />
    case 'fremmoede': return one ? <Attendance session={one} /> : <Attendances />
    case 'taske': return <Bag />
    case 'tid': return one === 'maaned' ? <TimeMonth key={two} month={two || today().slice(0, 7)} /> : <Time day={one || today()} />
    case 'opfoelgning': return one ? <FollowUp key={one} citizen={one} /> : <FollowUps />
    case 'kontakt': return <Contact key={one} practice={one} />
    case 'soeg': return <Search />
    case 'ret': return <Fix key={one} op_id={one} />
    case 'status': return <Status />
    case 'mere': return <More />
    case 'redning': return <Rescue />
    case 'passkey': return <Passkey />
    case 'hjaelp': return <Help />
    case 'log-ud': return <SignOut />
    case 'log-ind': return <SignIn again />
    default: return <Missing what="Siden" />
  }
}

/* Only when the browser keeps its storage shut; what lies in it is still there. */
function Shut() {
  return <main class="starting"><h1>Notesbogen kan ikke åbnes</h1>
    <p>Telefonen giver ikke adgang til det, den har gemt. Intet er slettet. Luk andre faner med appen, og prøv igen.</p>
    <button type="button" class="button button-primary wide" onClick={() => location.reload()}>Prøv igen</button></main>
}

/* The coordinator has said that this phone is lost. */
function Emptied() {
  return <main class="starting"><h1>Telefonen er tømt</h1>
    <p>Koordinatoren har spærret telefonen, og alt, hvad appen havde gemt på den, er slettet. Er det en fejl, så ring til koordinatoren.</p></main>
}

/* What may be read, sent and left before the app is on the home screen. */
const OPEN = ['hjaelp', 'status', 'redning', 'log-ud', 'log-ind']
/* After three days without the server new things can be written down, and nothing be looked up. */
const WRITTEN = ['ny/besoeg', 'besoeg/ny', 'samtale/anonym', 'redning', 'log-ind', 'log-ud', 'hjaelp']
function Inside() {
  const place = path()
  if (reaching.value !== 'ALL' && !WRITTEN.includes(place.slice(0, 2).join('/'))) return <OnlyWriting />
  return mustInstall() && !OPEN.includes(place[0] ?? '') ? <InstallFirst /> : screen(place)
}
const App = () => emptied.value ? <Emptied /> : user.value ? <Inside /> : locked.value ? <Unlock owner={locked.value} /> : <SignIn />

/* A form that was open when the app was killed opens again, at the same field. */
function resume(): void {
  if (path()[0]) return
  const open = book().drafts().map((key) => book().draft<Kept<unknown>>(key)).find((draft) => draft?.open)
  if (open?.at) go(open.at)
}

async function start(): Promise<void> {
  startRoutes()
  startDoubleTaps()
  startInstall()
  startClock()
  let shut = false
  await goOnEmptying().catch(() => { shut = true })
  const last = await remembered().catch(() => { shut = true; return null })
  if (last && await wrapOf(last.id)) locked.value = last
  effect(() => { if (user.value) applyTheme(book().setting<Theme>('theme') ?? 'auto') })
  effect(() => { if (user.value) untracked(resume) })
  effect(() => { if (reaching.value === 'NOTHING') untracked(lockNow) })
  startLocking()
  const place = document.getElementById('app')!
  place.replaceChildren()
  render(shut ? <Shut /> : <App />, place)
  fetchAhead()
  void startWorker()
}

void start()
