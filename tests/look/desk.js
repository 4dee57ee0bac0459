// What a page of the office can say to somebody who prints it, has a narrow screen or no JavaScript.
globalThis.desk = (() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const shown = (one) => one.checkVisibility({ visibilityProperty: true })
  const name = (one) => `<${one.tagName.toLowerCase()}> ${(one.getAttribute('aria-label') || one.innerText || one.id || '').trim().slice(0, 40)}`
  const CODE = /\bB-[2-9BCDFGHJKMNPQRTVWX]{5}\b/g
  const brokenCodes = () => {
    const [found, walker, range] = [[], document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), document.createRange()]
    while (walker.nextNode()) {
      const node = walker.currentNode
      if (!shown(node.parentElement) || node.parentElement.closest('option, .sr-only')) continue
      for (const { index, 0: code } of node.data.matchAll(CODE)) {
        range.setStart(node, index)
        range.setEnd(node, index + code.length)
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(`a code in two: ${code} in ${name(node.parentElement)}`)
      }
    }
    return found
  }
  const luminance = (colour) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, part, at) => sum + part * [0.299, 0.587, 0.114][at], 0)
  const printed = () => [
    ...all('.office-bar, nav, .filters, .button, [type=submit]').filter(shown).map((one) => `on paper: ${name(one)}`),
    ...all('.table-scroll, main, body').filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible').map((one) => `cut off on paper: ${name(one)}`),
    ...(luminance(getComputedStyle(document.documentElement).getPropertyValue('background-color')) < 200
      && getComputedStyle(document.documentElement).backgroundColor !== 'rgba(0, 0, 0, 0)' ? ['dark paper'] : []),
    ...(luminance(getComputedStyle(document.body).backgroundColor) < 200 && getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)' ? ['dark paper'] : []),
    ...all('main h1, main p, main td, main th').filter((one) => shown(one) && luminance(getComputedStyle(one).color) > 150).map((one) => `pale ink: ${name(one)}`)]
  /* A form without a button of its own, or a link without an address, waits for a script. */
  const scripted = () => [
    ...all('form').filter((one) => shown(one) && !one.querySelector('button:not([type=button]), [type=submit]')).map((one) => `a form without a button: ${name(one)}`),
    ...all('a:not([href]), [onclick], a[href^="javascript:"]').map((one) => `only with a script: ${name(one)}`),
    ...all('[role=button]:not(button), [role=link]:not(a)').map((one) => `no control of the browser's: ${name(one)}`)]
  /* The rows of a list are alike: three of them stand for all. */
  const shorten = () => all('tbody').forEach((body) => [...body.rows].slice(3).forEach((row) => { row.hidden = true; row.style.display = 'none' }))
  const withoutFrame = () => all('.office-bar, .office-frame > nav').forEach((one) => { one.style.visibility = 'hidden' })
  return { brokenCodes, printed, scripted, shorten, withoutFrame }
})()
