/** Browser ports of Node modules, typed as the modules they stand for. */
declare module 'crypto-browserify' {
  export * from 'crypto';
}
declare module 'buffer/' {
  export * from 'buffer';
}
declare module 'process/browser' {
  const process: NodeJS.Process;
  export default process;
}
declare module 'assert/' {
  import assert from 'assert';
  export default assert;
}
declare module 'events/' {
  import events from 'events';
  export default events;
}
declare module 'string_decoder/' {
  export * from 'string_decoder';
}
declare module 'util/' {
  import util from 'util';
  export default util;
}
