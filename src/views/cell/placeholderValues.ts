import { isRecord } from '../../base/record';
import { isSecretName } from '../../trust/secretNames';
import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

type ValuesByNote = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * What the user entered for the placeholders of each note, kept on this device; values whose name announces a secret
 * (`isSecretName`) are held in memory only.
 */
export class PlaceholderValues {
  private readonly notes: DeviceValue<ValuesByNote>;
  private readonly secrets = new Map<string, Readonly<Record<string, string>>>();
  /** Every secret of this session, also one that was replaced: an older output may show it. */
  private readonly entered = new Set<string>();

  constructor(storage: DeviceStorage) {
    this.notes = new DeviceValue(storage, 'placeholder-values', readValues);
  }

  of(note: string): Readonly<Record<string, string>> {
    return { ...this.notes.get()[note], ...this.secrets.get(note) };
  }

  remember(note: string, values: Readonly<Record<string, string>>): void {
    const secret = Object.entries(values).filter(([name]) => isSecretName(name));
    const open = Object.entries(values).filter(([name]) => !isSecretName(name));
    for (const [, value] of secret) if (value !== '') this.entered.add(value);
    this.secrets.set(note, { ...this.secrets.get(note), ...Object.fromEntries(secret) });
    const { [note]: old, ...others } = this.notes.get();
    const kept = Object.entries(others).slice(-(NOTES_KEPT - 1));
    this.notes.set({ ...Object.fromEntries(kept), [note]: { ...old, ...Object.fromEntries(open) } });
  }

  /** Every secret that was entered, of all notes. */
  get allSecrets(): readonly string[] {
    return [...this.entered];
  }

  forget(note: string): void {
    this.secrets.delete(note);
    const { [note]: gone, ...others } = this.notes.get();
    if (gone) this.notes.set(others);
  }

  rename(from: string, to: string): void {
    const secret = this.secrets.get(from);
    this.secrets.delete(from);
    if (secret) this.secrets.set(to, secret);
    const { [from]: values, ...others } = this.notes.get();
    if (values) this.notes.set({ ...others, [to]: values });
  }
}

/** A device remembers the notes used last; more would fill its storage for ever. */
const NOTES_KEPT = 300;

function readValues(stored: unknown): ValuesByNote {
  if (!isRecord(stored)) return {};
  return Object.fromEntries(
    Object.entries(stored).flatMap(([note, values]) =>
      isRecord(values) ? [[note, Object.fromEntries(Object.entries(values).filter(isKeptEntry))]] : [],
    ),
  );
}

/** An older version kept secrets too; they are left out, and gone with the next value that is remembered. */
function isKeptEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string' && !isSecretName(entry[0]);
}
