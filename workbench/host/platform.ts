/** Where the plugin runs, as it is told (obsidian.d.ts "const Platform"): a desktop app, since it may use Node. */
import type * as O from 'obsidian';

const agent = navigator.userAgent;

export const Platform: typeof O.Platform = {
  isDesktop: true,
  isMobile: false,
  isDesktopApp: true,
  isMobileApp: false,
  isIosApp: false,
  isAndroidApp: false,
  isPhone: false,
  isTablet: false,
  isMacOS: agent.includes('Macintosh'),
  isWin: agent.includes('Windows'),
  isLinux: agent.includes('Linux'),
  isSafari: agent.includes('Safari') && !agent.includes('Chrome'),
  resourcePathPrefix: '/vault/',
};
