import { describe, expect, it } from 'vitest';
import { approvalKey, decide, TRUST_POLICIES, type Approvals, type RunRequest } from '../../src/trust/policy';

const request: RunRequest = {
  host: 'box (me@192.0.2.1:22)',
  hash: 'h1',
  code: 'ls',
  writes: null,
  inNetns: false,
};
const nothing: Approvals = { hosts: [], cells: new Set() };
const agreed: Approvals = { hosts: [request.host], cells: new Set([approvalKey(request.host, 'h1')]) };

describe('S2, S4: A cell', () => {
  it.each(TRUST_POLICIES)('asks the first time on a host, under the policy %s', (policy) => {
    expect(decide(request, policy, nothing, false)).toMatchObject({ ask: true, why: 'first' });
  });

  it('that was agreed to runs without a question, except under the policy always', () => {
    expect(decide(request, 'change', agreed, false).ask).toBe(false);
    expect(decide(request, 'vault', agreed, false).ask).toBe(false);
    expect(decide(request, 'always', agreed, false)).toMatchObject({ ask: true, why: 'always' });
  });

  it('whose source changed since asks again under the policy change', () => {
    const changed = { ...request, hash: 'h2' };
    expect(decide(changed, 'change', agreed, false)).toMatchObject({ ask: true, why: 'changed' });
    expect(decide(changed, 'vault', agreed, false).ask).toBe(false);
  });

  it('asks again where the same name has become another host', () => {
    const moved = { ...request, host: 'box (root@198.51.100.1:22)' };
    expect(decide(moved, 'vault', agreed, false)).toMatchObject({ ask: true, why: 'first' });
  });

  it.each(TRUST_POLICIES)(
    'with a dangerous line asks every time under the policy %s, but not on a throw-away machine',
    (policy) => {
      const dangerous = { ...request, code: 'true\nrm -rf /' };
      const decision = decide(dangerous, policy, agreed, false);
      expect(decision).toMatchObject({ ask: true, why: 'danger', dangers: [{ line: 2 }] });
      expect(decide(dangerous, policy, agreed, true).why).not.toBe('danger');
    },
  );

  it.each(['/etc/shadow', '/etc/ssh/sshd_config', '~/.ssh/authorized_keys', '/dev/sda', '/etc//sudoers.d/x'])(
    'S21: that writes %s asks every time, whatever the file holds',
    (writes) => {
      const decision = decide({ ...request, code: 'x', writes }, 'vault', agreed, false);
      expect(decision).toMatchObject({ why: 'danger', dangers: [{ line: 0, text: `file=${writes}` }] });
      expect(decide({ ...request, code: 'x', writes }, 'vault', agreed, true).ask).toBe(false);
    },
  );

  it('whose file only speaks of danger does none', () => {
    const file = { ...request, code: 'rm -rf /', writes: '/etc/motd' };
    expect(decide(file, 'vault', agreed, false).ask).toBe(false);
  });

  it('S6: with hidden characters asks every time, anywhere', () => {
    const hiding = { ...request, code: 'ls\nsu\u200bdo reboot' };
    expect(decide(hiding, 'vault', agreed, true)).toMatchObject({ ask: true, why: 'hidden', hidden: [2] });
  });
});
