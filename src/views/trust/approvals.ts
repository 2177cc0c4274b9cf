import { approvalKey, TRUST_POLICIES, type Approvals, type TrustPolicy } from '../../trust/policy';
import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

/** More cells than anyone keeps in mind; the oldest are asked about again. */
const MOST_CELLS = 5000;

/**
 * What was agreed to in this vault on this device: outside the vault, never synced, so that a copy of the vault
 * elsewhere starts untrusted.
 */
export class DeviceApprovals implements Approvals {
  private readonly hostNames: DeviceValue<readonly string[]>;
  private readonly cellKeys: DeviceValue<readonly string[]>;
  private readonly chosenPolicy: DeviceValue<TrustPolicy>;

  constructor(storage: DeviceStorage) {
    this.hostNames = new DeviceValue(storage, 'approved-hosts', readNames);
    this.cellKeys = new DeviceValue(storage, 'approved-cells', readNames);
    this.chosenPolicy = new DeviceValue(storage, 'trust-policy', readPolicy);
  }

  get hosts(): readonly string[] {
    return this.hostNames.get();
  }

  get cells(): ReadonlySet<string> {
    return new Set(this.cellKeys.get());
  }

  get policy(): TrustPolicy {
    return this.chosenPolicy.get();
  }

  set policy(policy: TrustPolicy) {
    this.chosenPolicy.set(policy);
  }

  /** Cells with these source hashes may run on a host, as it is described in words. */
  agree(host: string, hashes: readonly string[]): void {
    if (!this.hosts.includes(host)) this.hostNames.set([...this.hosts, host]);
    const agreed = hashes.map((hash) => approvalKey(host, hash));
    const others = this.cellKeys.get().filter((key) => !agreed.includes(key));
    this.cellKeys.set([...others, ...agreed].slice(-MOST_CELLS));
  }

  /** Everything asks again. */
  forget(): void {
    this.hostNames.set([]);
    this.cellKeys.set([]);
  }
}

function readNames(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : [];
}

/** Anything that is no policy is the default one. */
export function readPolicy(stored: unknown): TrustPolicy {
  return TRUST_POLICIES.find((policy) => policy === stored) ?? 'change';
}
