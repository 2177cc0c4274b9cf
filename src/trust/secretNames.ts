/**
 * Does this name of a placeholder or variable announce a secret? Rather one too many: what it is true of is masked and
 * kept in memory only.
 */
export function isSecretName(name: string): boolean {
  return /pass|secret|token|key|credential|pwd/i.test(name);
}
