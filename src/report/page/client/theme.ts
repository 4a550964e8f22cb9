/// <reference lib="dom" />
/** @file The theme button of the page. Written into the page as source text: see dom.ts for what that asks. */

/** Automatic, light, dark. Kept where the browser lets a local file keep anything. */
export function startTheme(): void {
  const button = document.querySelector('#theme')
  if (!(button instanceof HTMLButtonElement)) return
  const root = document.documentElement
  const set = (theme: string) => {
    if (theme === 'auto') root.removeAttribute('data-theme')
    else root.setAttribute('data-theme', theme)
    button.textContent = `Theme: ${theme}`
    try {
      localStorage.setItem('saegate-theme', theme)
    } catch {
      // A page opened from a file may have no storage: the choice then lasts as long as the page.
    }
  }
  const themes = ['auto', 'light', 'dark']
  let stored: string | null = null
  try {
    stored = localStorage.getItem('saegate-theme')
  } catch {
    stored = null
  }
  set(stored !== null && themes.includes(stored) ? stored : 'auto')
  button.hidden = false
  button.addEventListener('click', () => {
    const now = root.getAttribute('data-theme') ?? 'auto'
    set(themes[(themes.indexOf(now) + 1) % themes.length] ?? 'auto')
  })
}
