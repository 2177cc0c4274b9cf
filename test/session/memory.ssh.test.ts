import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { OutputText } from '../../src/output/outputText';
import { useShells } from '../support/sessions';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use by the heap and by buffers beside it. */
function inUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const lines = 2_500_000;

describe('200 MB of output', () => {
  const shells = useShells();

  test.each([
    ['on the terminal', {}],
    ['with separate streams', { separateStreams: true }],
  ] as const)(
    '%s leave the heap flat; head and tail are kept, the middle is counted',
    async (_how, how) => {
      const shell = await shells.open();
      const source = `yes ${'x'.repeat(79)} | head -n ${lines}; echo last`;
      const output = new OutputText();
      const before = inUse();
      let most = 0;
      let events = 0;
      let bytes = 0;
      for await (const event of shell.session.run({ source, ...how })) {
        if (event.type !== 'output') continue;
        output.push(event.bytes, event.stream);
        bytes += event.bytes.length;
        if (++events % 500 === 0) most = Math.max(most, inUse() - before);
      }
      output.end();
      expect(bytes).toBe(lines * 80 + 'last\n'.length);
      expect(most).toBeGreaterThan(0);
      expect(Math.max(most, inUse() - before)).toBeLessThan(60_000_000);
      expect(output.lineCount + output.omittedLines).toBe(lines + 1);
      expect(output.omittedLines).toBeGreaterThan(lines / 2);
    },
    300_000,
  );
});
