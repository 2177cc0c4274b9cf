import type { RecordStorage } from '../runs/records';
import { storageKey, type DeviceStorage } from './ui/deviceStorage';

const KEY = storageKey('runs');

/** Records of runs stay on this device and out of the vault: outputs may hold what nobody meant to sync. */
export function deviceRecords(storage: DeviceStorage): RecordStorage {
  return {
    load: () => {
      const stored: unknown = storage.loadLocalStorage(KEY);
      return Promise.resolve(typeof stored === 'string' ? stored : null);
    },
    save: (text) => {
      storage.saveLocalStorage(KEY, text);
      return Promise.resolve();
    },
  };
}
