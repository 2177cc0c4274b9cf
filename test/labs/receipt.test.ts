import { describe, expect, it } from 'vitest';
import { compareReceipts, readReceipt } from '../../src/labs/receipt/compare';
import { observedOutputs, type Receipt } from '../../src/labs/receipt/receipt';
import { writeReceipt } from '../../src/labs/receipt/write';

const receipt: Receipt = {
  lab: 'A lab',
  date: '2026-11-24T10:00:00.000Z',
  kernel: 'Linux 6.1.0',
  system: 'Debian GNU/Linux 12',
  machine: 'sandbox',
  durationMs: 12_345,
  fingerprint: 'abc',
  tools: { ip: 'ip utility, iproute2-6.1.0', ping: 'ping from iputils 20221126' },
  checks: [{ id: 'reach' }],
  faults: [{ id: 'down', breaks: ['reach'] }],
  rows: [
    { state: 'whole', verdicts: { reach: 'pass' }, said: {} },
    { state: 'down', verdicts: { reach: 'fail' }, said: {} },
  ],
  outputs: [{ cell: 'look', durationMs: 12.4, text: 'eth0 UP\n```\n64 bytes in 0.031 ms' }],
};

describe('a receipt', () => {
  const note = writeReceipt(receipt, null, []);

  it('is a note that can be read back', () => {
    const stored = readReceipt(note);
    expect(stored).toMatchObject({ date: receipt.date, kernel: 'Linux 6.1.0', fingerprint: 'abc' });
    expect(stored?.outputs.get('look')).toBe(receipt.outputs[0]?.text);
    expect(stored?.tools.get('ip')).toBe('ip utility, iproute2-6.1.0');
    expect(readReceipt('# No receipt')).toBeNull();
  });

  it('shows the checks of every state, and links the lab', () => {
    expect(note).toContain('| fault `down` | fail |');
    expect(note).toContain('see_also: ["[[A lab]]"]');
  });

  it('tells what another kernel shows otherwise, and takes times and numbers for the same', () => {
    const stored = readReceipt(note);
    if (stored === null) throw new Error('no receipt');
    const again = {
      ...receipt,
      outputs: [{ ...receipt.outputs[0]!, text: 'eth0 UP\n```\n64 bytes in 7 ms' }],
    };
    expect(compareReceipts(stored, again)).toEqual([]);
    const elsewhere = {
      ...receipt,
      kernel: 'Linux 6.12.9',
      tools: { ip: 'ip utility, iproute2-6.9.0' },
      outputs: [{ ...receipt.outputs[0]!, text: 'eth0 UNKNOWN' }],
    };
    expect(compareReceipts(stored, elsewhere)).toEqual([
      'The kernel was Linux 6.1.0, and now is Linux 6.12.9.',
      '`ip` was ip utility, iproute2-6.1.0, and now is ip utility, iproute2-6.9.0.',
      '`look` printed `eth<number> UP`, and now `eth<number> UNKNOWN`.',
    ]);
  });

  it('keeps the first output of each observation', () => {
    const ran = (cell: string, role: string, output: string) => ({
      cell,
      role,
      output,
      exitStatus: 0,
      durationMs: 1,
    });
    expect(
      observedOutputs([ran('a', 'observe', '1\n'), ran('c', 'check', 'x'), ran('a', 'observe', '2\n')]),
    ).toEqual([{ cell: 'a', durationMs: 1, text: '1' }]);
  });
});
