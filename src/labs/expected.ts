import type { Cell } from '../cells/cell';
import { listOf, textOf } from '../cells/options';
import { MASKS, type ExpectedOutput } from '../output/expectation';

/** What an `expect` fence asks for; the app and the prover read it alike. `mask=all` masks whatever can be masked. */
export function expectedOutput({ source, attributes }: Cell): ExpectedOutput {
  const match = textOf(attributes, 'match');
  const masks = listOf(attributes, 'mask');
  return {
    text: source,
    match: match === 'regex' || match === 'lines' ? match : 'contains',
    masks: masks.includes('all') ? MASKS : MASKS.filter((mask) => masks.includes(mask)),
  };
}
