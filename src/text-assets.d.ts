/** Shell scripts and sample notes are files of their own; the build embeds their text. */
declare module '*.bash' {
  const text: string;
  export default text;
}

declare module '*.md' {
  const text: string;
  export default text;
}
