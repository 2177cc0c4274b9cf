import type { TrustPolicy } from '../../trust/policy';
import type { DeviceApprovals } from '../trust/approvals';
import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

/** Settings of this vault on this device only: they decide about trust and keys, so they must not come with a vault. */
export class DeviceSettings {
  private readonly agent: DeviceValue<string>;
  private readonly bySystem: DeviceValue<string>;

  constructor(
    storage: DeviceStorage,
    private readonly approvals: DeviceApprovals,
  ) {
    this.agent = new DeviceValue(storage, 'agent-socket', text);
    this.bySystem = new DeviceValue(storage, 'system-ssh', text);
  }

  get policy(): TrustPolicy {
    return this.approvals.policy;
  }

  set policy(policy: TrustPolicy) {
    this.approvals.policy = policy;
  }

  /** Socket or pipe of the SSH agent; empty for the usual one. */
  get agentSocket(): string {
    return this.agent.get();
  }

  set agentSocket(path: string) {
    this.agent.set(path);
  }

  /** Names of the hosts that the system's own ssh connects to, with commas or spaces between them. */
  get systemSshHosts(): string {
    return this.bySystem.get();
  }

  set systemSshHosts(names: string) {
    this.bySystem.set(names);
  }

  usesSystemSsh(host: string): boolean {
    return this.systemSshHosts.split(/[\s,]+/).includes(host);
  }

  forget(): void {
    this.approvals.forget();
  }
}

function text(stored: unknown): string {
  return typeof stored === 'string' ? stored : '';
}
