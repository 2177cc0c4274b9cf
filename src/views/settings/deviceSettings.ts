import type { TrustPolicy } from '../../trust/policy';
import type { DeviceApprovals } from '../trust/approvals';
import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

/** Settings of this vault on this device only: they decide about trust and keys, so they must not come with a vault. */
export class DeviceSettings {
  private readonly agent: DeviceValue<string>;

  constructor(
    storage: DeviceStorage,
    private readonly approvals: DeviceApprovals,
  ) {
    this.agent = new DeviceValue(storage, 'agent-socket', (stored) =>
      typeof stored === 'string' ? stored : '',
    );
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

  forget(): void {
    this.approvals.forget();
  }
}
