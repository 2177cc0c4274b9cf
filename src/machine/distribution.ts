/** Families of Linux distributions by their package manager. */
export type PackageFamily = 'debian' | 'fedora' | 'arch' | 'alpine' | 'suse';

const installCommands: Readonly<Record<PackageFamily, string>> = {
  debian: 'sudo apt-get install -y --no-install-recommends',
  fedora: 'sudo dnf install -y',
  arch: 'sudo pacman -S --needed',
  alpine: 'sudo apk add',
  suse: 'sudo zypper install -y',
};

const familiesById: Readonly<Record<string, PackageFamily>> = {
  debian: 'debian',
  ubuntu: 'debian',
  fedora: 'fedora',
  rhel: 'fedora',
  centos: 'fedora',
  arch: 'arch',
  alpine: 'alpine',
  suse: 'suse',
  opensuse: 'suse',
};

/** The family of a system by the text of its os-release(5) file: `ID`, else the first known of `ID_LIKE`. */
export function packageFamily(osRelease: string): PackageFamily | null {
  const value = (key: string) =>
    new RegExp(`^${key}=["']?([^"'\n]*)`, 'm').exec(osRelease)?.[1]?.split(' ') ?? [];
  for (const id of [...value('ID'), ...value('ID_LIKE')]) {
    const family = familiesById[id];
    if (family !== undefined) return family;
  }
  return null;
}

/** What a system calls itself, such as “Debian GNU/Linux 12 (bookworm)”. */
export function distributionName(osRelease: string): string {
  return /^PRETTY_NAME=["']?([^"'\n]*)/m.exec(osRelease)?.[1] ?? 'Linux';
}

/** One command line that installs these packages. */
export function installLine(family: PackageFamily, packages: readonly string[]): string {
  return `${installCommands[family]} ${packages.join(' ')}`;
}
