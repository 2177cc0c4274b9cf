/** Shell scripts are files of their own; the build embeds their text. */
declare module '*.bash' {
  const text: string;
  export default text;
}
