import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../src/base/problem';
import { refusalAfterTrying, refusalBeforeTrying, type HostFacts } from '../../src/machine/refusal';

const able: HostFacts = {
  platform: 'linux',
  uid: 1000,
  userName: 'student',
  family: 'debian',
  missing: [],
  subordinateIds: true,
  highIds: true,
  maxUserNamespaces: 96_343,
  unprivilegedUsernsClone: null,
  apparmorRestrictsUserns: null,
};
const before = (facts: Partial<HostFacts>) => {
  const refusal = refusalBeforeTrying({ ...able, ...facts });
  return refusal && describeProblem(refusal);
};
const after = (facts: Partial<HostFacts>, detail = 'mount: permission denied.\n') =>
  describeProblem(refusalAfterTrying({ ...able, ...facts }, { step: 'to mount /sys', detail }));

describe('a computer that cannot hold a sandbox', () => {
  it('is worth a try when nothing speaks against it', () => {
    expect(before({})).toBeNull();
  });

  it('is told what its system has instead of namespaces', () => {
    expect(before({ platform: 'darwin' })).toMatch(
      /made of Linux namespaces\. .*limactl start .*multipass launch/,
    );
    expect(before({ platform: 'win32' })).toMatch(/made of Linux namespaces\. Use WSL2: run `wsl --install`/);
  });

  it('is told how to install what it lacks, each package once', () => {
    expect(before({ missing: ['sshd', 'newuidmap', 'newgidmap'] })).toBe(
      'The lab machine cannot start on this computer. sshd, newuidmap, newgidmap are not installed. ' +
        'Install them: sudo apt-get install -y --no-install-recommends openssh-server uidmap',
    );
    expect(before({ missing: ['sshd'], family: null })).toMatch(
      /sshd is not installed\. Install it with your package manager \(Debian calls the packages openssh-server\)\.$/,
    );
  });

  it('is told how to lend ids to its user', () => {
    expect(before({ subordinateIds: false })).toMatch(
      /gives student no user ids .* sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 student$/,
    );
  });

  it('is told which setting forbids namespaces, where that one counts', () => {
    expect(after({ apparmorRestrictsUserns: 1 })).toContain(
      'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
    );
    expect(after({ unprivilegedUsernsClone: 0 })).toContain(
      'sudo sysctl -w kernel.unprivileged_userns_clone=1',
    );
    expect(after({ maxUserNamespaces: 0 })).toContain('sudo sysctl -w user.max_user_namespaces=');
    expect(after({ uid: 0, apparmorRestrictsUserns: 1, unprivilegedUsernsClone: 0 })).not.toContain('sysctl');
  });

  it('is told what the system said when no setting explains it', () => {
    expect(after({}, 'first\nmount: /tmp/sys: permission denied.\n')).toContain(
      'The system refused to mount /sys: mount: /tmp/sys: permission denied. This is usual inside containers',
    );
    expect(after({}, '')).toContain('The system refused to mount /sys: it gave no reason.');
  });
});
