/** Names of network namespaces that need no quoting in any shell and cannot be taken for an option. */
export function isNetnsName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,254}$/.test(name);
}

/** Names and ids of containers and pods that need no quoting in any shell and cannot be taken for an option. */
export function isContainerName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,252}$/.test(name);
}
