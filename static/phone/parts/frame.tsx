/* The frame of every screen: state line on top, one h1 that takes the focus, the menu or the one main button at the bottom. */
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Messages } from './message'
import { New } from './new'
import { lineState } from './present'
import { path, route } from './route'
import { inWords } from './state'
import { UpdatePrompt } from './worker'

/* `stated`: the screen itself says how things stand, so the bar need not. `heading`: where the title must not say more than
   the browser may keep of it, such as a citizen's code. */
interface Frame { title: string; heading?: ComponentChildren; lead?: ComponentChildren; stated?: boolean; back?: { to: string; label: string }; action?: ComponentChildren; children: ComponentChildren }

export function Screen({ title, heading: shown = title, lead, stated, back, action, children }: Frame) {
  const heading = useRef<HTMLHeadingElement>(null)
  const column = useScroll()
  useEffect(() => {
    document.title = `${title} – Rådgiver på hjul`
    if (!document.activeElement?.closest('main')) heading.current?.focus({ preventScroll: true })
  }, [title])
  return <div class="screen">
    <header class="bar">
      {back ? <a class="bar-back" href={`#/${back.to}`}><span aria-hidden="true">‹ </span>{back.label}</a> : <span class="bar-name">Rådgiver på hjul</span>}
      {!stated && <StateLink />}
    </header>
    <main class="main" id="indhold" ref={column}>
      <h1 tabIndex={-1} ref={heading}>{shown}</h1>
      {lead && <p class="lead">{lead}</p>}
      <UpdatePrompt />
      {children}
    </main>
    <div class="foot"><Messages />{action ? <div class="action">{action}</div> : <Menu />}</div>
  </div>
}

/* Back on a list, the thumb finds it where it left it. */
const scrolled = new Map<string, number>()

function useScroll() {
  const column = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const [here, main] = [route.peek(), column.current!]
    main.scrollTop = scrolled.get(here) ?? 0
    const keep = () => scrolled.set(here, main.scrollTop)
    main.addEventListener('scroll', keep, { passive: true })
    return () => main.removeEventListener('scroll', keep)
  }, [])
  return column
}

function StateLink() {
  const state = lineState.value
  if (!state) return null
  const { text, tone } = inWords(state)
  return <a class={`state state-${tone}`} href="#/status">{text}</a>
}

const PLACES = [['', 'I dag'], ['praksisser', 'Praksisser'], ['borgere', 'Borgere'], ['mere', 'Mere']] as const
const WITHIN: Record<string, string> = { praksis: 'praksisser', borger: 'borgere', status: 'mere', hjaelp: 'mere' }

function Menu() {
  const [choosing, choose] = useState(false)
  const [here = ''] = path()
  const place = ([to, text]: (typeof PLACES)[number]) =>
    <a href={`#/${to}`} aria-current={(WITHIN[here] ?? here) === to ? 'page' : undefined}>{text}</a>
  return <nav class="menu" aria-label="Hovedmenu">
    {place(PLACES[0])}{place(PLACES[1])}
    <button type="button" class="menu-new" aria-label="Ny registrering" aria-haspopup="dialog" onClick={() => choose(true)}><svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true"><path d="M12 4v16M4 12h16" stroke="currentColor" stroke-width="3" stroke-linecap="round" /></svg></button>
    {place(PLACES[2])}{place(PLACES[3])}
    {choosing && <New close={() => choose(false)} />}
  </nav>
}
