/// <reference lib="dom" />
/** @file The boxes that scroll, and links within the page. Written into the page as source text: see dom.ts. */

/** A box with more in it than it shows can be reached and moved by keyboard, and says what it is. */
export function reachScrolling(): void {
  for (const box of document.querySelectorAll('.wide,.plot')) {
    if (!(box instanceof HTMLElement)) continue
    const scrolls = box.scrollWidth > box.clientWidth
    box.toggleAttribute('data-scrolls', scrolls)
    if (scrolls) box.tabIndex = 0
    else box.removeAttribute('tabindex')
    if (scrolls) box.setAttribute('role', 'region')
    else box.removeAttribute('role')
    const named = box.querySelector('table[aria-label]')?.getAttribute('aria-label')
    const heading = box.closest('figure,section')?.querySelector('h2, h3')?.textContent
    if (scrolls) box.setAttribute('aria-label', `${named ?? heading ?? 'Table'}, scrolls sideways`)
    else box.removeAttribute('aria-label')
  }
}

/** A link to a place in a fold opens it, and leaves the address as it is: that says what the tables show. */
export function openLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
    const place = document.getElementById(link?.getAttribute('href')?.slice(1) ?? '')
    if (place === null) return
    event.preventDefault()
    for (let fold = place.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true
    place.tabIndex = -1
    place.scrollIntoView()
    place.focus({ preventScroll: true })
  })
}
