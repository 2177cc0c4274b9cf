/** Light or dark, remembered in the browser; at first as the system has it. */
export type Theme = 'light' | 'dark';

const key = 'workbench:theme';

export function currentTheme(): Theme {
  return document.body.classList.contains('theme-dark') ? 'dark' : 'light';
}

export function setTheme(theme: Theme): void {
  document.body.classList.toggle('theme-dark', theme === 'dark');
  document.body.classList.toggle('theme-light', theme === 'light');
  window.localStorage.setItem(key, theme);
}

export function restoreTheme(): void {
  const stored = window.localStorage.getItem(key);
  const system = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  setTheme(stored === 'light' || stored === 'dark' ? stored : system);
}
