// The ways in which people look at a page.

/** How everyone sees it of whom nothing is known, on a phone. */
export const DEFAULT = { name: 'default', options: { width: 390 } };

/** One thing else at a time. 400 % zoom of a window of 1280 by 1024 leaves 320 by 256 for the page. */
export const LOOKS = [
  { name: 'no-javascript', options: { javaScript: false } },
  { name: '320', options: { width: 320 } },
  { name: '1280', options: { width: 1280 } },
  { name: 'en', options: { locale: 'en-GB', width: 390 } },
  { name: 'dark', options: { colorScheme: 'dark', width: 390 } },
  { name: 'forced-colors', options: { forcedColors: 'active', width: 390 } },
  { name: 'keyboard', options: { width: 1280 } },
  { name: 'zoom', options: { width: 320, height: 256, isPhone: false, deviceScaleFactor: 4 } },
  { name: 'reduced-motion', options: { reducedMotion: 'reduce', width: 390 } },
];
