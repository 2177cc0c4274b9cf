import type { Attempt } from '../../labs/attempt';
import { DeviceValue, type DeviceStorage } from '../ui/deviceStorage';

/** What attempts kept by an earlier version lack. */
const LATER = { help: [], practised: [], symptoms: [] } satisfies Partial<Attempt>;

type Book = Readonly<Record<string, Attempt>>;

/** The attempts that are going on, kept on this device so that they survive closing the app. Keyed by note path. */
export class Attempts {
  private readonly value: DeviceValue<Book>;

  constructor(storage: DeviceStorage) {
    this.value = new DeviceValue(storage, 'attempts', readBook);
  }

  of(note: string): Attempt | null {
    return this.value.get()[note] ?? null;
  }

  set(note: string, attempt: Attempt | null): void {
    const { [note]: _, ...others } = this.value.get();
    this.value.set(attempt === null ? others : { ...others, [note]: attempt });
  }

  rename(from: string, to: string): void {
    const attempt = this.of(from);
    if (attempt === null) return;
    this.set(from, null);
    this.set(to, attempt);
  }
}

/** What another version wrote in another form is left out. */
function readBook(stored: unknown): Book {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored)
      .filter((entry): entry is [string, Attempt] => isAttempt(entry[1]))
      .map(([note, attempt]) => [note, { ...LATER, ...attempt }]),
  );
}

function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Record<string, unknown> = { ...value };
  return (
    typeof fields['startedAt'] === 'number' &&
    typeof fields['turn'] === 'number' &&
    typeof fields['checks'] === 'object' &&
    ['seenFailing', 'counted', 'solved', 'hints', 'solutions', 'steps'].every((key) =>
      Array.isArray(fields[key]),
    )
  );
}
