/* global process -- the desktop app runs pages with Node's environment */
import { namesIn, capabilitiesProbe } from '../../labs/capabilities';
import { beyondSandbox, machineFor, unmet, type BetterMachine, type Offer } from '../../path/requirements';
import { nodeCount } from '../../machine/nodes';
import { Emitter } from '../ui/emitter';
import type { MachineControl } from './machineControl';

/** What a lab needs and the lab machine lacks, and the machine of ours that would do. */
export interface Fit {
  readonly lacking: readonly string[];
  /** Null where none of ours has all of it, or the machine is a host of the user. */
  readonly better: BetterMachine | null;
  readonly isRunning: boolean;
}

/** Whether labs fit the lab machine: what it offers is looked up once per boot, and only when somebody wants to know. */
export class MachineFit {
  /** What is known of the machine changed. */
  readonly changed = new Emitter<void>();
  private known: Offer | null = null;
  /** The boot that `known` is about, or that is being looked at. */
  private boot = '';
  private isWanted = false;

  constructor(
    private readonly control: Pick<MachineControl, 'machine' | 'changed'>,
    /** Runs bash source on the lab machine and gives what it printed. */
    private readonly ask: (source: string) => Promise<string>,
  ) {
    control.changed.on(() => void this.look());
  }

  /** What the machine offers; null when it does not run, or is not known yet. Who asks first makes us look. */
  get offer(): Offer | null {
    this.want();
    return this.known;
  }

  get nodes(): number {
    return nodeCount(this.control.machine);
  }

  /** Of these requirements, the ones the machine is known to lack. */
  readonly of = (requirements: readonly string[]): readonly string[] => {
    const offer = requirements.length === 0 ? null : this.offer;
    return offer === null ? [] : unmet(requirements, offer);
  };

  /** The same, with what could be done about it. */
  fitOf(requirements: readonly string[]): Fit {
    const { machine } = this.control;
    if (machine === null) {
      const lacking = beyondSandbox(requirements);
      return { lacking, better: lacking.length === 0 ? null : machineFor(lacking), isRunning: false };
    }
    const lacking = this.of(requirements);
    const better = lacking.length === 0 || machine.kind === 'host' ? null : machineFor(lacking);
    // Another of the same kind would lack the same.
    const isOther = better !== null && (better.internet || better.nodes > 1 || machine.kind !== 'vm');
    const improved = isOther
      ? { ...better, vm: better.vm || machine.kind === 'vm', nodes: Math.max(better.nodes, this.nodes) }
      : null;
    return { lacking, better: improved, isRunning: true };
  }

  /** Something was installed: what was known of the machine holds no longer. */
  lookAgain(): Promise<void> {
    this.boot = '';
    return this.look();
  }

  private want(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    void this.look();
  }

  private async look(): Promise<void> {
    const { machine } = this.control;
    const boot =
      machine === null ? '' : machine.kind === 'host' ? `host ${machine.adoptedAt}` : machine.bootedAt;
    if (!this.isWanted || boot === this.boot) return;
    this.boot = boot;
    this.learn(null);
    if (machine === null) return;
    try {
      const { knownCapabilities } = await import('../../machine/knownCapabilities');
      const kept = await knownCapabilities(machine, process.env);
      // A host of the user is not logged in to unasked; what it offers was looked up when it was adopted.
      const names =
        kept?.names ?? (machine.kind === 'host' ? null : namesIn(await this.ask(capabilitiesProbe)));
      if (this.boot === boot && names !== null) this.learn({ names, nodes: this.nodes });
    } catch {
      // It cannot be reached just now; who runs a cell there is told why. The next change is another chance.
      if (this.boot === boot) this.boot = '';
    }
  }

  private learn(offer: Offer | null): void {
    if (offer === null && this.known === null) return;
    this.known = offer;
    this.changed.emit();
  }
}
