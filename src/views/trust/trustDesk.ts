/* global process -- the desktop app runs pages with Node's environment */
import type { App } from 'obsidian';
import { DeviceSettings } from '../settings/deviceSettings';
import { asksAlways, hostInWords, type Settings } from '../settings/settings';
import { DeviceApprovals } from './approvals';
import { runGate, type RunQuestion } from './runGate';

export interface TrustDeskParts {
  readonly settings: () => Settings;
  /** Host of a note's cells that name none. */
  readonly hostOfNote: (note: string) => string;
}

/** All that this device decides about trust, and the questions asked for it. */
export class TrustDesk {
  readonly device: DeviceSettings;
  /** Whether cells may run on a host; asks the user where the policy, or what a cell does, wants it. */
  readonly mayRun: (question: RunQuestion) => Promise<boolean>;

  constructor(
    readonly app: App,
    { settings, hostOfNote }: TrustDeskParts,
  ) {
    const approvals = new DeviceApprovals(app);
    this.device = new DeviceSettings(app, approvals);
    this.mayRun = runGate({
      app,
      approvals,
      hostInWords: (host) => hostInWords(settings(), host),
      asksAlways: (host) => asksAlways(settings(), host),
      hostOfNote,
      standingOf: async (host) =>
        // A host of the settings comes before a machine of its name, but for `lab`.
        host !== 'lab' && settings().hosts.some(({ name }) => name === host)
          ? { kind: 'other' }
          : (await import('../../machine/throwAway')).standingOf(host, process.env),
    });
  }
}
