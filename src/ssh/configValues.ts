/** What an ssh config says of one host: keywords in lower case → values in order. `ssh -G` is the model. */
export type ConfigValues = ReadonlyMap<string, readonly string[]>;

/** How the question for a host's config ended. */
export type ConfigReading =
  | { readonly kind: 'values'; readonly values: ConfigValues }
  /** There is no ssh on this computer. */
  | { readonly kind: 'no ssh' }
  /** ssh is there and cannot read the config; it would not connect either. `why` is in its own words. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads what `ssh -G` printed: one `keyword value` a line, a keyword may come more than once. */
export function parseConfigDump(text: string): ConfigValues {
  const values = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [, keyword, value] = /^(\S+) +(.*\S)\s*$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    values.set(keyword, [...(values.get(keyword) ?? []), value]);
  }
  return values;
}
