import type { Moc, MocItem } from '../moc/moc';
import { assemble } from './assemble';
import { edgesOfMoc, edgesOfMocs, nodeLookup, prerequisitesOf, type NodeLookup } from './edges';
import type { LearningPath, PathEdge, PathMoc, PathNode, Place } from './model';
import { makeNode, nodeId, noteId, noteOfRow, placesOf } from './nodes';
import type { NoteFacts } from './noteFacts';
import type { Learned } from './progressRecord';
import { keyOfName, keysOfLink, LinkResolver } from './resolve';
import { SameAs } from './sameAs';
import { learnedKey } from './state';
import { Tally } from './tally';
import { VaultWarnings, warningsOfMoc } from './warnings';
import { Watchers } from './watchers';

/** One MOC's rows by the node they name, as of the last time its links were followed. */
interface Rows {
  readonly places: ReadonlyMap<string, readonly Place[]>;
  readonly ids: ReadonlyMap<MocItem, string>;
}

const NO_ROWS: Rows = { places: new Map(), ids: new Map() };

/**
 * The learning path of a vault that changes. Changes are told one by one and take effect together in `settle`, whose
 * cost follows what they touch - the MOCs whose links lead elsewhere and those that name a changed note - and not the
 * size of the vault. Whatever the order of changes, the path is the same as if it had been built anew.
 */
export class PathModel {
  private readonly resolver = new LinkResolver();
  private readonly parsed = new Map<string, Moc>();
  private readonly rows = new Map<string, Rows>();
  private readonly mocs = new Map<string, PathMoc>();
  private readonly nodes = new Map<string, PathNode>();
  /** By node id: the MOCs whose rows name it. */
  private readonly holders = new Map<string, Set<string>>();
  private readonly watchers = new Watchers();
  private readonly byLearnedKey = new Map<string, Set<string>>();
  private readonly tally = new Tally();
  private readonly same = new SameAs();
  private readonly vaultWarnings = new VaultWarnings();
  private readonly staleMocs = new Set<string>();
  private readonly staleNodes = new Set<string>();
  private learned: Learned = {};
  private sorted: readonly string[] | null = null;

  /** A note that is new or has changed. `moc` is its text as a MOC when it is one. */
  setNote(given: NoteFacts, moc: Moc | null): void {
    const before = this.resolver.note(given.path);
    // Most changes are to the text alone: what the path knows of the note is as before.
    const facts = before && JSON.stringify(before) === JSON.stringify(given) ? before : given;
    if (moc !== (this.parsed.get(facts.path) ?? null)) this.setMoc(facts.path, moc);
    if (facts === before) return;
    for (const key of this.resolver.set(facts)) this.stale(key);
    if (before) this.forgetKey(before);
    const key = learnedKey(facts);
    this.byLearnedKey.set(key, (this.byLearnedKey.get(key) ?? new Set<string>()).add(facts.path));
    this.vaultWarnings.set(facts);
    this.staleNodes.add(noteId(facts.path));
  }

  removeNote(path: string): void {
    const before = this.resolver.note(path);
    if (!before) return;
    for (const key of this.resolver.remove(path)) this.stale(key);
    this.forgetKey(before);
    this.vaultWarnings.remove(path);
    this.staleNodes.add(noteId(path));
    this.setMoc(path, null);
  }

  setLearned(learned: Learned): void {
    const before = this.learned;
    this.learned = learned;
    for (const key of new Set([...Object.keys(before), ...Object.keys(learned)])) {
      if (before[key] === learned[key]) continue;
      for (const path of this.byLearnedKey.get(key) ?? []) this.staleNodes.add(noteId(path));
      this.staleNodes.add(noteId(key));
    }
  }

  notePaths(): string[] {
    return this.resolver.paths();
  }

  /** The path with every change told so far. */
  settle(): LearningPath {
    for (const path of this.staleMocs) this.follow(path);
    const assembling = new Set(this.staleMocs);
    for (const id of this.staleNodes) {
      if (!this.refresh(id)) continue;
      for (const moc of this.holders.get(id) ?? []) assembling.add(moc);
      const own = id.startsWith('note:') ? id.slice('note:'.length) : '';
      if (this.parsed.has(own)) assembling.add(own);
    }
    this.staleMocs.clear();
    this.staleNodes.clear();
    for (const path of assembling) this.reassemble(path);
    return this.view();
  }

  private setMoc(path: string, moc: Moc | null): void {
    if (this.parsed.has(path) !== (moc !== null)) this.sorted = null;
    if (moc === null && !this.parsed.delete(path)) return;
    if (moc !== null) this.parsed.set(path, moc);
    this.staleMocs.add(path);
    this.staleNodes.add(noteId(path));
  }

  private forgetKey(note: NoteFacts): void {
    const paths = this.byLearnedKey.get(learnedKey(note));
    paths?.delete(note.path);
    if (paths?.size === 0) this.byLearnedKey.delete(learnedKey(note));
  }

  private stale(key: string): void {
    for (const moc of this.watchers.of(key)) this.staleMocs.add(moc);
  }

  /** Follows the links of a MOC's rows to their nodes. */
  private follow(path: string): void {
    const moc = this.parsed.get(path);
    const before = this.rows.get(path) ?? NO_ROWS;
    const places = new Map<string, Place[]>();
    const ids = new Map<MocItem, string>();
    for (const place of moc ? placesOf(moc) : []) {
      const id = nodeId(noteOfRow(place.row, path, this.resolver), place.row.title);
      ids.set(place.row, id);
      const same = places.get(id);
      if (same) same.push(place);
      else places.set(id, [place]);
    }
    for (const id of before.places.keys()) if (!places.has(id)) this.letGo(id, path);
    for (const id of places.keys()) this.hold(id, path);
    if (moc) this.rows.set(path, { places, ids });
    else this.rows.delete(path);
    this.watchers.watch(
      path,
      [...ids.keys()].flatMap(({ link, title }) =>
        link === null ? [keyOfName(title)] : keysOfLink(link.target),
      ),
    );
    this.staleNodes.add(noteId(path));
    for (const id of [...before.places.keys(), ...places.keys()]) this.staleNodes.add(id);
  }

  private hold(id: string, moc: string): void {
    const holders = this.holders.get(id);
    if (holders) holders.add(moc);
    else this.holders.set(id, new Set([moc]));
  }

  private letGo(id: string, moc: string): void {
    const holders = this.holders.get(id);
    holders?.delete(moc);
    if (holders?.size === 0) this.holders.delete(id);
  }

  /** Makes a node anew; gives whether it is another one than before. */
  private refresh(id: string): boolean {
    const before = this.nodes.get(id);
    const after = this.remake(id);
    if (before && after && sameNode(before, after)) return false;
    if (after) this.nodes.set(id, after);
    else this.nodes.delete(id);
    this.tally.replaceNode(before, after);
    this.same.replace(before, after);
    return before !== undefined || after !== undefined;
  }

  private remake(id: string): PathNode | undefined {
    const holders = [...(this.holders.get(id) ?? [])].sort();
    const places = holders.flatMap((moc) => this.rows.get(moc)?.places.get(id) ?? []);
    const note = id.startsWith('note:') ? id.slice('note:'.length) : null;
    const own = note === null ? undefined : this.parsed.get(note);
    if (places.length === 0 && !own) return undefined;
    const facts = note === null ? null : this.resolver.note(note);
    return makeNode(id, own?.title ?? places[0]?.row.title ?? '', facts, places, this.learned);
  }

  private reassemble(path: string): void {
    const before = this.mocs.get(path);
    const moc = this.parsed.get(path);
    const node = moc && this.nodes.get(noteId(path));
    const ids = this.rows.get(path)?.ids;
    const after =
      moc && node ? assemble(moc, node, (row) => this.nodes.get(ids?.get(row) ?? '') ?? null) : undefined;
    if (after) this.mocs.set(path, after);
    else this.mocs.delete(path);
    this.tally.replaceMoc(before, after);
  }

  private view(): LearningPath {
    this.sorted ??= [...this.parsed.keys()].sort();
    const { nodes, parsed, resolver, same, vaultWarnings } = this;
    const mocs = this.sorted.flatMap((path) => this.mocs.get(path) ?? []);
    const find = nodeLookup(nodes, resolver);
    const current = this.mocs;
    return new SettledPath(mocs, nodes, this.tally.progress, find, {
      moc: (path) => current.get(path) ?? null,
      sameAs: (node) => same.of(node),
      warningsOf: (moc) => {
        const text = parsed.get(moc.path);
        return text ? warningsOfMoc(text, moc, resolver, find) : [];
      },
      vaultWarnings: () => vaultWarnings.all(nodes),
    });
  }
}

interface Lookups {
  moc(path: string): PathMoc | null;
  sameAs(node: PathNode): readonly PathNode[];
  warningsOf(moc: PathMoc): LearningPath['warnings'];
  vaultWarnings(): LearningPath['warnings'];
}

/** What is seldom asked for, or only of one MOC, is worked out when it is asked for. */
class SettledPath implements LearningPath {
  private known: readonly PathEdge[] | null = null;
  private told: LearningPath['warnings'] | null = null;
  private readonly edgesByMoc = new Map<PathMoc, readonly PathEdge[]>();

  constructor(
    readonly mocs: readonly PathMoc[],
    readonly nodes: ReadonlyMap<string, PathNode>,
    readonly progress: LearningPath['progress'],
    private readonly find: NodeLookup,
    private readonly lookups: Lookups,
  ) {}

  get edges(): readonly PathEdge[] {
    this.known ??= edgesOfMocs(this, this.mocs);
    return this.known;
  }

  get warnings(): LearningPath['warnings'] {
    this.told ??= unique([
      ...this.mocs.flatMap((moc) => this.lookups.warningsOf(moc)),
      ...this.lookups.vaultWarnings(),
    ]);
    return this.told;
  }

  moc(path: string): PathMoc | null {
    return this.lookups.moc(path);
  }

  edgesOf(moc: PathMoc): readonly PathEdge[] {
    const edges = this.edgesByMoc.get(moc) ?? edgesOfMoc(moc, this.find, (node) => this.sameAs(node));
    this.edgesByMoc.set(moc, edges);
    return edges;
  }

  warningsOf(moc: PathMoc): LearningPath['warnings'] {
    return unique([...this.lookups.warningsOf(moc), ...this.lookups.vaultWarnings()]);
  }

  prerequisitesOf(node: PathNode): readonly PathNode[] {
    return prerequisitesOf(node).flatMap((text) => this.find(text, node) ?? []);
  }

  sameAs(node: PathNode): readonly PathNode[] {
    return this.lookups.sameAs(node);
  }
}

function unique(problems: LearningPath['warnings']): LearningPath['warnings'] {
  return [...new Map(problems.map((found) => [JSON.stringify(found), found])).values()];
}

function sameNode(a: PathNode, b: PathNode): boolean {
  return (
    a.facts === b.facts &&
    a.title === b.title &&
    a.learner === b.learner &&
    a.learnedWhen === b.learnedWhen &&
    a.dueOn === b.dueOn &&
    a.places.length === b.places.length &&
    a.places.every((place, i) => place.row === b.places[i]?.row && place.moc === b.places[i]?.moc)
  );
}
