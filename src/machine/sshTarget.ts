import type { AdoptedMachine, MachineRecord } from './state';

/** The words that make ssh(1) go to a lab machine; a command may follow them. */
export function sshTarget(machine: MachineRecord | AdoptedMachine): readonly string[] {
  return machine.kind === 'host'
    ? sshWords(machine.destination)
    : ['-F', machine.sshConfigFile, machine.name];
}

/** The words for ssh that mean a destination: `-p` apart from it, and nothing that could be read as an option. */
export function sshWords(destination: string): readonly string[] {
  const [, host = destination, port] = /^(.*?)(?::(\d+))?$/.exec(destination) ?? [];
  return [...(port === undefined ? [] : ['-p', port]), '--', host];
}
