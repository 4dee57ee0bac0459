// What the page itself can say to somebody who reads large text, uses only the keys, listens, or cannot bear motion.
globalThis.stumbles = (() => {
  const TAPPED = 'a[href], button, input:not([type=hidden]), select, textarea, summary, video[controls], [role=button], [role=link], [role=checkbox], [role=radio], [role=region][tabindex="0"]'
  const GROUPS = 'dialog, header, main, .foot, body'
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.sr-only')
  const name = (one) => `<${one.tagName.toLowerCase()}> ${(one.innerText || one.getAttribute?.('aria-label') || one.id || one.className || '').trim().slice(0, 50)}`
  const open = () => document.querySelector('dialog:modal') ?? document.body
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)]

  // --- motion ---------------------------------------------------------------------------------------------------------
  const styles = (one) => [null, '::before', '::after'].map((part) => getComputedStyle(one, part))
  const seconds = (list) => Math.max(...list.split(', ').map(parseFloat))
  const loops = () => [
    ...all('*').filter((one) => styles(one).some((style) => style.animationName !== 'none' && style.animationIterationCount.includes('infinite'))),
    ...document.getAnimations().filter(({ effect }) => effect.getTiming().iterations === Infinity).map(({ effect }) => effect.target),
    ...all('marquee, video[autoplay][loop]')].map((one) => `never stops moving: ${name(one)}`)
  const moves = () => all('*').filter((one) => styles(one).some((style) =>
    (style.animationName !== 'none' && seconds(style.animationDuration) > 0.001) || seconds(style.transitionDuration) > 0.001 || style.scrollBehavior === 'smooth'))
    .map((one) => `moves in spite of reduced motion: ${name(one)}`)

  // --- words ----------------------------------------------------------------------------------------------------------
  const described = (id) => all('[aria-describedby]').some((one) => one.getAttribute('aria-describedby').split(' ').includes(id))
  const told = (one) => (one.getAttribute('aria-describedby') ?? '').split(' ').some((id) => document.getElementById(id)?.textContent.trim())
  const spoken = () => [
    ...all('fieldset').filter((one) => !one.querySelector(':scope > legend')?.textContent.trim()).map((one) => `a group without legend: ${name(one)}`),
    ...all('[type=radio]').filter((one) => !one.closest('fieldset, [role=radiogroup]')).map((one) => `a choice outside a group: ${name(one)}`),
    ...all('[placeholder]').filter((one) => !one.labels.length && !one.matches('[aria-label], [aria-labelledby]')).map((one) => `only a placeholder: ${name(one)}`),
    ...all('.form-error-message').filter(({ id }) => !described(id)).map((one) => `an error tied to nothing: ${name(one)}`),
    ...all('[aria-invalid]').filter((one) => !told(one)).map((one) => `wrong, but nothing says how: ${name(one)}`),
    ...all('.foot').filter((one) => !one.querySelector('[role=status]')).map(() => 'no place for messages'),
    ...all('.message').filter((one) => !one.closest('[role=status], [role=alert]')).map((one) => `a message not said aloud: ${name(one)}`),
    ...all('.alert-error').filter((one) => !one.closest('[role=status], [role=alert]')).map((one) => `an error not said aloud: ${name(one)}`)]

  // --- large text -----------------------------------------------------------------------------------------------------
  const lines = (inside) => {
    const [found, walker, range] = [[], document.createTreeWalker(inside, NodeFilter.SHOW_TEXT), document.createRange()]
    while (walker.nextNode()) {
      const { parentElement: parent, data } = walker.currentNode
      if (!data.trim() || !shown(parent) || parent.closest('option')) continue
      range.selectNodeContents(walker.currentNode)
      for (const box of range.getClientRects()) if (box.width > 1) found.push({ box, parent, words: data.trim().slice(0, 30), group: parent.closest(GROUPS) })
    }
    return found
  }
  const drawn = (style) => style.borderTopWidth !== '0px' || style.backgroundColor !== 'rgba(0, 0, 0, 0)'
  const outside = (box, around, slack = 2) => box.left < around.left - slack || box.right > around.right + slack
  const beyond = (box, around, slack = 2) => box.top < around.top - slack || box.bottom > around.bottom + slack
  const cut = ({ box, parent, words }) => {
    if (outside(box, { left: 0, right: document.documentElement.clientWidth }, 1)) return `cut off by the screen: ${words}`
    for (let one = parent; one !== document.documentElement; one = one.parentElement) {
      const [style, around] = [getComputedStyle(one), one.getBoundingClientRect()]
      if (style.display === 'inline') continue
      const clips = style.overflowX !== 'visible'
      if ((clips || drawn(style)) && outside(box, around)) return `${clips ? 'cut off' : 'runs out of its box'}: ${words}`
      const clipsBelow = ['hidden', 'clip'].includes(style.overflowY)
      if ((clipsBelow || (drawn(style) && style.overflowY === 'visible')) && beyond(box, around)) return `${clipsBelow ? 'cut off' : 'runs out of its box'}: ${words}`
      if (style.position === 'fixed' || ['auto', 'scroll'].includes(style.overflowY)) return null
    }
    return null
  }
  const overlap = (a, b) => {
    const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)]
    return across > 2 && down > 0.3 * Math.min(a.height, b.height)
  }
  const overlaps = (found) => found.flatMap((one, i) => found.slice(i + 1)
    .filter((other) => other.parent !== one.parent && other.group === one.group && overlap(one.box, other.box)).map((other) => `overlap: ${one.words} / ${other.words}`))
  const hit = (one) => {
    const { left, right, top, bottom } = one.getClientRects()[0]  // of a link over two lines the first
    const [from, to] = [Math.max(0, top), Math.min(innerHeight, bottom)]
    const there = to > from && document.elementFromPoint((left + right) / 2, (from + to) / 2)
    return Boolean(there) && (one.contains(there) || there.contains(one) && there.tagName === 'LABEL' || [...one.labels ?? []].some((label) => label.contains(there)))
  }
  const reached = (one) => { one.scrollIntoView({ block: 'center' }); return hit(one) }
  const large = () => {
    const [found, frame] = [lines(open()), all('.bar, .main, .foot').map((one) => one.getBoundingClientRect())]
    return [
      ...[document.documentElement, ...all('main, dialog')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => `${one.scrollWidth - one.clientWidth} px sideways`),
      ...found.map(cut).filter(Boolean), ...overlaps(found),
      ...frame.slice(1).filter((box, i) => frame[i].bottom > box.top + 1).map(() => 'bar, column and foot overlap'),
      ...all('.main-button', open()).filter((one) => shown(one) && !reached(one)).map((one) => `out of reach: ${name(one)}`)]
  }

  // --- keys -----------------------------------------------------------------------------------------------------------
  const ring = (one) => (one.matches('.chip input') ? one.nextElementSibling : one)
  const edge = (one) => { const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(ring(one)); return { outlineStyle, outlineWidth, outlineColor, boxShadow } }
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((n) => (n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const ground = (one) => {
    for (; one; one = one.parentElement) { const { backgroundColor } = getComputedStyle(one); if (!/, 0\)$/.test(backgroundColor)) return backgroundColor }
    return 'rgb(255, 255, 255)'
  }
  const seen = (one) => {
    const now = edge(one)
    const on = parseFloat(getComputedStyle(ring(one)).outlineOffset) < 0 ? ring(one) : ring(one).parentElement
    if (now.outlineStyle !== 'none' && parseFloat(now.outlineWidth) >= 2) return contrast(now.outlineColor, ground(on)) >= 3
    return now.boxShadow !== 'none' && now.boxShadow !== before.get(one)?.boxShadow
  }
  /* Every stop in the order of the page; of radios that belong together the chosen one, else the first. */
  const stops = () => all(TAPPED, open()).filter((one) => !one.disabled && shown(one)
    && (one.tagName !== 'SUMMARY' || one === one.parentElement.querySelector('summary')))
    .filter((one, _, kept) => {
      if (one.type !== 'radio') return true
      const together = kept.filter((other) => other.type === 'radio' && other.name === one.name)
      return one === (together.find(({ checked }) => checked) ?? together[0])
    })
  const place = (one) => {
    const [{ top, bottom }, group] = [one.getBoundingClientRect(), one.closest(GROUPS)]
    return { group, top: top + group.scrollTop + scrollY, bottom: bottom + group.scrollTop + scrollY }
  }
  let [expected, visited, faults, opener, still] = [[], [], [], null, 0]
  const before = new Map()
  addEventListener('focusin', ({ target, relatedTarget }) => { if (target.closest?.('dialog') && relatedTarget && !relatedTarget.closest('dialog')) opener = relatedTarget }, true)
  const stop = () => {
    const [one, last] = [document.activeElement, visited.at(-1)]
    if (one === document.body) return
    still = one === last ? still + 1 : 0
    if (one === last) return
    visited.push(one)
    if (!expected.includes(one)) return one.matches('main, dialog') || faults.push(`a stop that is none: ${name(one)}`)
    if (!seen(one)) faults.push(`focus not seen: ${name(one)}`)
    if (!hit(one)) faults.push(`focus out of sight: ${name(one)}`)
    if (last && expected.indexOf(one) > expected.indexOf(last)) {
      const [from, to] = [place(last), place(one)]
      if (from.group === to.group && to.bottom <= from.top + 1) faults.push(`goes up the page: ${name(last)} → ${name(one)}`)
    }
  }
  const begin = () => {
    [expected, visited, faults, still] = [stops(), [], [], 0]
    before.clear()
    document.activeElement?.blur()
    for (const one of expected) before.set(one, edge(one))
    expected[0]?.focus()
    return expected.length
  }
  /* After each Tab: once around the page, or stuck? */
  const around = () => { stop(); return still > 8 || (visited.length > 1 && document.activeElement === expected[0]) || visited.length > expected.length + 5 }
  const walked = () => {
    const order = visited.filter((one) => expected.includes(one)).map((one) => expected.indexOf(one))
    return [...new Set(faults),
      ...all('dialog[open]:not(:modal), [role=dialog]:not(dialog)').map((one) => `a dialog that does not hold: ${name(one)}`),
      ...(still > 8 ? [`a trap: ${name(document.activeElement)}`] : []),
      ...expected.filter((one) => one.isConnected && !visited.includes(one)).map((one) => `never reached: ${name(one)}`),
      ...(order.slice(0, -1).some((at, i) => i && at < order[i - 1]) ? ['another order than the page'] : [])]
  }
  /* A dialog tells that it is closed a moment after it is. */
  const escaped = () => new Promise((told) => requestAnimationFrame(() => setTimeout(told))).then(() => [
    ...(document.querySelector('dialog:modal') ? ['Escape does not close the dialog'] : []),
    ...(!document.querySelector('dialog:modal') && opener?.isConnected && document.activeElement !== opener
      ? [`focus not given back to ${name(opener)} but ${name(document.activeElement)}`] : [])])
  return { loops, moves, spoken, large, begin, around, walked, escaped, inDialog: () => open() !== document.body }
})()
