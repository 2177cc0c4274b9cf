/** What `require` of a CommonJS package gives: esbuild keeps it as the default of the namespace. */
export function commonJs(namespace: object): object {
  const exported = 'default' in namespace ? namespace.default : namespace;
  return (typeof exported === 'object' || typeof exported === 'function') && exported !== null
    ? exported
    : namespace;
}
