/**
 * Does this name of a placeholder or variable announce a secret? Rather one too many: what it is true of is masked and
 * kept in memory only.
 */
export function isSecretName(name: string): boolean {
  return /pass|secret|token|key|credential|pwd/i.test(name);
}

/** Values by name, as they may be shown: those whose name announces a secret are masked. */
export function maskedValues(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value !== '' && isSecretName(name) ? '••••' : value,
    ]),
  );
}
