import { isRecord } from '../../base/record';
import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

type ValuesByNote = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the user entered for the placeholders of each note, kept on this device. */
export class PlaceholderValues {
  private readonly notes: DeviceValue<ValuesByNote>;

  constructor(storage: DeviceStorage) {
    this.notes = new DeviceValue(storage, 'placeholder-values', readValues);
  }

  of(note: string): Readonly<Record<string, string>> {
    return this.notes.get()[note] ?? {};
  }

  remember(note: string, values: Readonly<Record<string, string>>): void {
    const { [note]: old, ...others } = this.notes.get();
    const kept = Object.entries(others).slice(-(NOTES_KEPT - 1));
    this.notes.set({ ...Object.fromEntries(kept), [note]: { ...old, ...values } });
  }

  forget(note: string): void {
    const { [note]: gone, ...others } = this.notes.get();
    if (gone) this.notes.set(others);
  }

  rename(from: string, to: string): void {
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
      isRecord(values) ? [[note, Object.fromEntries(Object.entries(values).filter(isTextEntry))]] : [],
    ),
  );
}

function isTextEntry(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}
