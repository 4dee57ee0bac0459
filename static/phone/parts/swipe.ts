/* A swipe to the left over a card, or a finger that rests on it: a short cut to what one of its buttons does, never the only way (WCAG 2.5.1). */
import { useRef } from 'preact/hooks'

const [FAR, ASLANT, STILL] = [72, 48, 10]       // pixels
const LONG_MS = 450                             // before the browser takes it for its own menu
const OWN_TOUCH = 'a, button'                   // to rest on a link is the browser's
const LIFTED_MS = 300

type Touched = Pick<PointerEvent, 'pointerType' | 'isPrimary' | 'clientX' | 'clientY' | 'target' | 'currentTarget'>
interface Held { x: number; y: number; timer: ReturnType<typeof setTimeout> | undefined }

/* For the card's element. A scrolling finger is taken by the browser and ends it. */
export function useSwipe(act: () => void) {
  const held = useRef<Held | null>(null)
  const end = () => { clearTimeout(held.current?.timer); held.current = null }
  const done = () => { end(); act() }
  const rested = () => { swallowClick(); done() }
  return {
    onPointerDown: ({ pointerType, isPrimary, clientX: x, clientY: y, target, currentTarget }: Touched) => {
      end()
      const on = target as Element
      if (pointerType === 'mouse' || !isPrimary || on.closest('dialog') || !(currentTarget as Element).contains(on)) return
      held.current = { x, y, timer: on.closest(OWN_TOUCH) ? undefined : setTimeout(rested, LONG_MS) }
    },
    onPointerMove: ({ clientX, clientY }: Touched) => {
      if (!held.current) return
      const [right, down] = [clientX - held.current.x, Math.abs(clientY - held.current.y)]
      if (Math.max(Math.abs(right), down) > STILL) clearTimeout(held.current.timer)
      if (down > ASLANT) end()
      else if (right < -FAR) done()
    },
    onPointerUp: end, onPointerCancel: end,
  }
}

/* The finger that rested is lifted over what has come up under it: that is no tap on it. */
function swallowClick(): void {
  const swallow = (event: Event) => { event.stopPropagation(); event.preventDefault(); removeEventListener('click', swallow, true) }
  const lifted = () => { setTimeout(() => removeEventListener('click', swallow, true), LIFTED_MS) }
  addEventListener('click', swallow, true)
  for (const over of ['pointerup', 'pointercancel']) addEventListener(over, lifted, { once: true })
}
