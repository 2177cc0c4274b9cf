import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

/** More than a variable has choices. */
const MOST = 1000;

/**
 * With which choices of `lab_vars` the first attempt at a lab begins: by chance, and the same as long as the vault lies
 * on this device, so that learners of one course do not all have the same values.
 */
export function firstTurn(storage: DeviceStorage, random: () => number): number {
  const kept = new DeviceValue(storage, 'first-turn', (stored) =>
    typeof stored === 'number' && Number.isInteger(stored) && stored >= 0 ? stored : null,
  );
  const known = kept.get();
  if (known !== null) return known;
  const chosen = Math.floor(random() * MOST);
  kept.set(chosen);
  return chosen;
}
