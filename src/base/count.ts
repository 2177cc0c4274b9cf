/** A number with what is counted: `1 cell`, `2 cells`, `3 boxes`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
