/* Light, dark, or as the phone has it. */
export type Theme = 'auto' | 'light' | 'dark'

export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
