import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

/** Which hosts cells of this vault may run on from this device. Asked once per host; nothing is implied. */
export class HostApprovals {
  private readonly hosts: DeviceValue<readonly string[]>;

  constructor(storage: DeviceStorage) {
    this.hosts = new DeviceValue(storage, 'approved-hosts', readNames);
  }

  isApproved(host: string): boolean {
    return this.hosts.get().includes(host);
  }

  approve(host: string): void {
    if (!this.isApproved(host)) this.hosts.set([...this.hosts.get(), host]);
  }
}

function readNames(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : [];
}
